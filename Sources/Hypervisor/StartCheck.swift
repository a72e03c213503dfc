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
    if featuresDiffer() { return true }
    let bits = Self.physicalAddressBits
    if bits < UInt64(partition.table.physicalAddressBits) {
      return report("bits of a physical address", planned: UInt64(partition.table.physicalAddressBits), found: bits)
    }
    let frequency = UInt64(partition.table.timerFrequency)
    let found = read_cntfrq_el0()
    if found == 0 || frequency != 0 && frequency != found {
      return report("frequency of the timer (CNTFRQ_EL0)", planned: frequency, found: found)
    }
    let version: UInt32 = Machine.isGICv2 ? 2 : 3
    if partition.table.gicVersion != version {
      return report(
        "version of the interrupt controller that this hypervisor drives", planned: UInt64(partition.table.gicVersion),
        found: UInt64(version))
    }
    return interruptControllerDiffers()
  }

  /// What a domain was given, its CPU has to have: EL2 uses the same registers.
  func featuresDiffer() -> Bool {
    let features = DomainFeatures(rawValue: cpu.domain?.record.features ?? 0)
    let monitors = RegisterBaseline.field(read_id_aa64dfr0_el1(), 8)
    if features.contains(.pmu), monitors == 0 || monitors == 0xF {
      return report("version of the performance monitors (ID_AA64DFR0_EL1.PMUVer)", planned: 1, found: monitors)
    }
    if features.contains(.sve), RegisterBaseline.field(read_id_aa64pfr0_el1(), 32) == 0 {
      return report("version of SVE (ID_AA64PFR0_EL1.SVE)", planned: 1, found: 0)
    }
    return false
  }

  /// With one list register, a line that waits behind an active one could be placed at no interrupt's occasion.
  func listRegistersDiffer() -> Bool {
    let count = UInt64(Machine.listRegisterCount)
    return count < 2 && report("number of list registers", planned: 2, found: count)
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
