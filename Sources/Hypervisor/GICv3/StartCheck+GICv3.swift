import HypervisorCore
import HypervisorEntry
import ImageFormat

/// A GICv3 as the image expects it.
extension StartCheck {
  func interruptControllerDiffers() -> Bool {
    if read_id_aa64pfr0_el1() >> 24 & 0xF == 0 {
      return report("registers of the GIC's CPU interface (ID_AA64PFR0_EL1.GIC)", planned: 1, found: 0)
    }
    RegisterBaseline.useSystemRegisters()
    if listRegistersDiffer() { return true }
    // PIDR2.ArchRev of the distributor: 3, or 4, which has all of version 3 (IHI 0069, 12.1.13).
    let peripheral = UInt64(DistributorRegister.peripheralID2)
    let version = UInt64(load_device32(partition.table.distributor + peripheral) >> 4 & 0xF)
    if version != 3, version != 4 { return report("version of the distributor", planned: 3, found: version) }
    let redistributor = UInt64(load_device32(cpu.record.redistributor + peripheral) >> 4 & 0xF)
    if redistributor != version {
      return report("version of the redistributor", planned: version, found: redistributor)
    }
    // GICR_TYPER bits 63:32 are the affinity fields Aff3 to Aff0.
    let type = load_device64(cpu.record.redistributor + UInt64(DistributorRegister.redistributorType))
    let planned = (cpu.record.affinity >> 32) << 24 | cpu.record.affinity & 0xFF_FFFF
    if type >> 32 != planned {
      return report("affinity of the redistributor at the planned address", planned: planned, found: type >> 32)
    }
    return false
  }
}
