import ImageFormat

/// What a CPU at EL2 keeps for itself. Its pointers are null or what the CPU set them to as it started, from the
/// partition table; CPUHandle looks at them.
@safe public struct OwnState {
  /// Top of its EL2 stack. Assembly reads it at offset 0 of the CPU's state.
  public var stackTop: UInt64 = 0
  /// Index of its record.
  public var index: UInt32 = 0
  /// List registers of its interface, 1 to 16.
  public var listRegisterCount: UInt32 = 0
  /// The partition table; nil before the CPU has started.
  public var table: UnsafePointer<PartitionTable>?
  /// Its own record.
  public var record: UnsafePointer<CPURecord>?
  /// Its domain's record; nil for a CPU without domain.
  public var domainRecord: UnsafePointer<DomainRecord>?
  /// Its domain's state.
  public var domainState: UnsafeMutablePointer<DomainState>?
  /// First CPU record of its domain.
  public var domainCPUs: UnsafePointer<CPURecord>?

  /// Errors inside EL2 on this CPU.
  public var faults: UInt32 = 0
  /// Lines of its domain that wait for a list register.
  public var waiting = WaitingLines()
  /// ICH_HCR_EL2 as last written.
  public var interfaceControl: UInt64 = 0

  /// A CPU that has not started.
  public init() {}
}
