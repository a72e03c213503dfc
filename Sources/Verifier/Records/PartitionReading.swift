import Ownership

/// The partition table as its bytes say, read at offsets of this module's own: the compiler that wrote it and this
/// reader share no declaration, so that a mistake in one shows against the other.
public struct PartitionReading: Hashable, Sendable {
  /// Where the table lies, with all its arrays.
  public let range: AddressRange
  /// The hypervisor's memory.
  public let hypervisor: AddressRange
  /// TTBR0_EL2, TCR_EL2 and MAIR_EL2.
  public let translationTable: UInt64
  public let translationControl: UInt64
  public let memoryAttributes: UInt64
  /// 2 or 3.
  public let gicVersion: UInt32
  public let maintenanceINTID: UInt32
  public let distributor: UInt64
  /// GICv2's GICC and GICH; 0 for GICv3.
  public let cpuInterface: UInt64
  public let hypervisorInterface: UInt64
  /// EL2's UART.
  public let consoleKind: UInt32
  public let consoleINTID: UInt32
  public let consoleBase: UInt64
  public let consoleCPU: UInt32
  /// 1 PSCI by SMC, 2 spin table.
  public let cpuStart: UInt32
  public let virtualTimerINTID: UInt32
  public let physicalTimerINTID: UInt32
  public let hypervisorTimerINTID: UInt32
  public let timerFrequency: UInt32
  public let physicalAddressBits: UInt32
  public let bootCPU: UInt32
  public let machineFlags: UInt64
  /// The records.
  public let cpus: [CPUReading]
  public let domains: [DomainReading]
}
