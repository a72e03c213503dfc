import HypervisorCore
import HypervisorEntry
import ImageFormat

/// What the image relies on, compared with the machine. The image names each as it was planned; the machine decides.
struct StartCheck {
  let cpu: CPUHandle
  let partition: PartitionHandle

  /// The first difference, already reported; false if there is none.
  func differs() -> Bool {
    if partition.table.magic != FormatVersion.partitionMagic || partition.table.version != FormatVersion.current {
      return report(
        "version of the partition table", planned: UInt64(FormatVersion.current), found: UInt64(partition.table.version)
      )
    }
    let affinity = read_mpidr_el1() & 0xFF_00FF_FFFF
    if affinity != cpu.record.affinity {
      return report("affinity of this CPU (MPIDR_EL1)", planned: cpu.record.affinity, found: affinity)
    }
    let type = UInt32(truncatingIfNeeded: read_midr_el1()) & cpu.record.midrMask
    if type != cpu.record.midr {
      return report("type of this CPU (MIDR_EL1)", planned: UInt64(cpu.record.midr), found: UInt64(type))
    }
    let bits = Self.physicalAddressBits
    if bits < UInt64(partition.table.physicalAddressBits) {
      return report("bits of a physical address", planned: UInt64(partition.table.physicalAddressBits), found: bits)
    }
    let frequency = UInt64(partition.table.timerFrequency)
    let found = read_cntfrq_el0()
    if found == 0 || frequency != 0 && frequency != found {
      return report("frequency of the timer (CNTFRQ_EL0)", planned: frequency, found: found)
    }
    return interruptControllerDiffers()
  }

  func interruptControllerDiffers() -> Bool {
    if partition.table.gicVersion != 3 {
      return report("version of the interrupt controller", planned: UInt64(partition.table.gicVersion), found: 3)
    }
    if read_id_aa64pfr0_el1() >> 24 & 0xF == 0 {
      return report("registers of the GIC's CPU interface (ID_AA64PFR0_EL1.GIC)", planned: 1, found: 0)
    }
    RegisterBaseline.useSystemRegisters()
    // With one list register, a line that waits behind an active one could be placed at no interrupt's occasion.
    let listRegisters = read_ich_vtr_el2() & 0x1F + 1
    if listRegisters < 2 { return report("number of list registers", planned: 2, found: listRegisters) }
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

  /// ID_AA64MMFR0_EL1.PARange (DDI 0487, D19.2.64).
  static var physicalAddressBits: UInt64 {
    switch read_id_aa64mmfr0_el1() & 0xF {
    case 0: 32
    case 1: 36
    case 2: 40
    case 3: 42
    case 4: 44
    case 5: 48
    default: 52
    }
  }

  func report(_ what: StaticString, planned: UInt64, found: UInt64) -> Bool {
    let report = Current.report
    report.text("refused to start: ")
    report.text(what)
    report.text(" is ")
    report.hexadecimal(found)
    if planned != 0 {
      report.text(", the image was built for ")
      report.hexadecimal(planned)
    }
    report.text(" (CPU record ")
    report.decimal(UInt64(Current.cpu.own.index))
    report.text(")")
    report.send()
    return true
  }
}
