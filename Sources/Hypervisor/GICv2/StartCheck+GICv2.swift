import HypervisorCore
import HypervisorEntry
import ImageFormat

/// A GICv2 as the image expects it.
extension StartCheck {
  func interruptControllerDiffers() -> Bool {
    // A CPU whose interface is system registers answers to none in memory (IHI 0069, 3.2).
    let systemRegisters = read_id_aa64pfr0_el1() >> 24 & 0xF
    if systemRegisters != 0 {
      return report("registers of the GIC's CPU interface (ID_AA64PFR0_EL1.GIC)", planned: 0, found: systemRegisters)
    }
    // ICPIDR2.ArchRev of the distributor (IHI 0048, 4.3.18), GICC_IIDR.Architecture version (4.4.14).
    let peripheral = UInt64(DistributorRegister.peripheralID2) & 0xFFF
    let version = UInt64(load_device32(partition.table.distributor + peripheral) >> 4 & 0xF)
    if version != 2 { return report("version of the distributor", planned: 2, found: version) }
    let interface = UInt64(load_device32(Machine.interface + Machine.Interface.implementer) >> 16 & 0xF)
    if interface != 2 { return report("version of the CPU interface", planned: 2, found: interface) }
    // GICD_ITARGETSR0 is zero only where one CPU is (4.3.12).
    let mask = UInt64(load_device32(partition.table.distributor + UInt64(DistributorRegister.targets)) & 0xFF)
    if mask == 0, partition.table.cpuCount > 1 {
      return report("this CPU's bit in the distributor's target masks", planned: 1, found: 0)
    }
    return listRegistersDiffer()
  }
}
