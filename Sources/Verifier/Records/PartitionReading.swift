import Ownership

/// The partition table as its bytes say, read at offsets of this module's own: the compiler that wrote it and this
/// reader share no declaration, so that a mistake in one shows against the other.
public struct PartitionReading: Hashable, Sendable {
  /// Where the table lies, with all its arrays.
  public let range: AddressRange
  /// The hypervisor's memory.
  public let hypervisor: AddressRange
  /// TTBR0_EL2: physical address of the root of EL2's own tables.
  public let translationTable: UInt64
  /// TCR_EL2.
  public let translationControl: UInt64
  /// MAIR_EL2.
  public let memoryAttributes: UInt64
  /// 2 or 3.
  public let gicVersion: UInt32
  /// INTID of the GIC's maintenance interrupt, a PPI.
  public let maintenanceINTID: UInt32
  /// Physical address of the distributor.
  public let distributor: UInt64
  /// GICv2: physical address of the CPU interface (GICC); 0 for GICv3.
  public let cpuInterface: UInt64
  /// GICv2: physical address of the virtual interface control (GICH); 0 for GICv3.
  public let hypervisorInterface: UInt64
  /// EL2's UART: 0 none, 1 PL011, 2 Cadence, 3 i.MX, 4 mini-UART.
  public let consoleKind: UInt32
  /// INTID of EL2's UART; 0 for none.
  public let consoleINTID: UInt32
  /// Physical address of EL2's UART; 0 for none.
  public let consoleBase: UInt64
  /// Index of the CPU record that takes the UART's interrupts.
  public let consoleCPU: UInt32
  /// 1 PSCI by SMC, 2 spin table.
  public let cpuStart: UInt32
  /// INTID of the EL1 virtual timer, a PPI.
  public let virtualTimerINTID: UInt32
  /// INTID of the EL1 physical timer, a PPI.
  public let physicalTimerINTID: UInt32
  /// INTID of the EL2 physical timer, a PPI.
  public let hypervisorTimerINTID: UInt32
  /// CNTFRQ_EL0 in hertz; 0 where nothing states it.
  public let timerFrequency: UInt32
  /// Physical address bits that the tables rely on.
  public let physicalAddressBits: UInt32
  /// Index of the CPU record of the CPU that firmware starts.
  public let bootCPU: UInt32
  /// Bit 0: EL2 signals virtual interrupts in the GIC's place.
  public let machineFlags: UInt64
  /// The CPU records.
  public let cpus: [CPUReading]
  /// The domain records.
  public let domains: [DomainReading]
  /// Physical address of the health page; 0 where no domain may read it.
  public var healthPage: UInt64 = 0
  /// The SMMU records.
  public internal(set) var smmus: [SMMUReading] = []
}
