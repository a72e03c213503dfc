/// The head of the partition table: everything that the runtime needs to know of the plan, read-only at EL2.
///
/// All records are little-endian structs of naturally aligned integers without padding. `…Offset` counts bytes from the
/// start of this record. The arrays follow it: CPU records, domain records, region records, call ranges,
/// virtual device records, restart records, spans, copies, reset steps, SMMU records, stream records.
public struct PartitionTable {
  /// `FormatVersion.partitionMagic`.
  public var magic: UInt64
  /// `FormatVersion.current`.
  public var version: UInt32
  /// Bytes of the table with all its arrays.
  public var size: UInt32

  /// First address of the hypervisor's memory; where the image runs.
  public var hypervisorBase: UInt64
  /// Bytes of the hypervisor's memory.
  public var hypervisorSize: UInt64

  /// TTBR0_EL2: physical address of EL2's translation table.
  public var translationTable: UInt64
  /// TCR_EL2 (Arm DDI 0487, D19.2).
  public var translationControl: UInt64
  /// MAIR_EL2: attribute 0 Device-nGnRnE, 1 Device-nGnRE, 2 Normal write-back, 3 Normal Non-cacheable.
  public var memoryAttributes: UInt64

  /// How many CPU records.
  public var cpuCount: UInt32
  /// How many domain records.
  public var domainCount: UInt32
  /// How many region records.
  public var regionCount: UInt32
  /// How many call ranges.
  public var callRangeCount: UInt32
  /// Where the CPU records start: domain by domain, then the boot CPU if it belongs to none. CPUs of no domain have
  /// no record and stay off.
  public var cpusOffset: UInt32
  /// Where the domain records start.
  public var domainsOffset: UInt32
  /// Where the region records start.
  public var regionsOffset: UInt32
  /// Where the call ranges start.
  public var callRangesOffset: UInt32

  /// 2 or 3.
  public var gicVersion: UInt32
  /// INTID of the maintenance interrupt.
  public var maintenanceINTID: UInt32
  /// Physical address of the distributor.
  public var distributor: UInt64

  /// EL2's UART: `ConsoleKind` raw value.
  public var consoleKind: UInt32
  /// INTID of EL2's UART; 0 for none.
  public var consoleINTID: UInt32
  /// Physical address of EL2's UART.
  public var consoleBase: UInt64
  /// CPU record whose CPU takes the UART's interrupts: the starting CPU of the first domain of the lowest criticality.
  public var consoleCPU: UInt32

  /// How CPUs are started: `CPUStart` raw value.
  public var cpuStart: UInt32
  /// INTID of the EL1 virtual timer.
  public var virtualTimerINTID: UInt32
  /// INTID of the EL1 physical timer.
  public var physicalTimerINTID: UInt32
  /// INTID of the EL2 physical timer.
  public var hypervisorTimerINTID: UInt32
  /// CNTFRQ_EL0 as the tree or board.yaml states it; 0 where neither does.
  public var timerFrequency: UInt32
  /// The fewest physical address bits that the tables rely on; compared with ID_AA64MMFR0_EL1.PARange.
  public var physicalAddressBits: UInt32
  /// CPU record of the CPU that firmware starts; it may belong to no domain, or stand anywhere in a domain's order.
  public var bootCPU: UInt32

  /// GICv2: physical address of the CPU interface (GICC); 0 for GICv3.
  public var cpuInterface: UInt64
  /// GICv2: physical address of the virtual interface control (GICH); 0 for GICv3.
  public var hypervisorInterface: UInt64
  /// `MachineFlags` raw value.
  public var machineFlags: UInt64
  /// Physical address of the health page (`HealthLayout`); 0 where no domain may read it.
  public var healthPage: UInt64

  /// How many virtual device records.
  public var virtualDeviceCount: UInt32
  /// Where the virtual device records start: domain by domain.
  public var virtualDevicesOffset: UInt32
  /// How many restart records.
  public var restartCount: UInt32
  /// Where the restart records start.
  public var restartsOffset: UInt32
  /// How many spans of memory to clear.
  public var spanCount: UInt32
  /// Where the spans start.
  public var spansOffset: UInt32
  /// How many copies of pristine bytes.
  public var copyCount: UInt32
  /// Where the copies start.
  public var copiesOffset: UInt32
  /// How many steps that reset devices.
  public var stepCount: UInt32
  /// Where the steps start.
  public var stepsOffset: UInt32

  /// How many SMMU records.
  public var smmuCount: UInt32
  /// How many stream records.
  public var streamCount: UInt32
  /// Where the SMMU records start.
  public var smmusOffset: UInt32
  /// Where the stream records start: SMMU by SMMU, by id.
  public var streamsOffset: UInt32
}
