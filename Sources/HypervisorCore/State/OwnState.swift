import ImageFormat

/// What a CPU at EL2 keeps for itself. Its pointers are null or what the CPU set them to as it started, from the
/// partition table; CPUHandle looks at them.
@safe public struct OwnState {
  /// ICH_HCR_EL2 or GICH_HCR as last written. Assembly reads it at offset 0 of the CPU's state.
  public var interfaceControl: UInt64 = 0
  /// Index of its record.
  public var index: UInt32 = 0
  /// List registers of its interface, one bit each from bit 0: at least 2, at most 16.
  public var listRegisters: UInt32 = 0
  /// Its number in its domain.
  public var virtualIndex: UInt32 = 0
  /// SGIs and PPIs of its domain that are the hardware's, one bit each: the two timers of EL1, the performance monitors'
  /// if it was given them, and all SGIs where it takes interrupts directly.
  public var privateLines: UInt32 = 0
  /// Lines that EL2 makes for its domain: bits of the word `virtualWord`.
  public var virtualLines: UInt32 = 0
  /// The word that they are in.
  public var virtualWord: UInt32 = 0
  /// Physical address of the distributor.
  public var distributor: UInt64 = 0
  /// The partition table; nil before the CPU has started.
  public var table: UnsafePointer<PartitionTable>?
  /// Its own record.
  public var record: UnsafePointer<CPURecord>?
  /// Its domain's record; nil for a CPU without domain.
  public var domainRecord: UnsafePointer<DomainRecord>?
  /// Guest address of its domain's distributor.
  public var distributorWindow: UInt64 = 0
  /// GICv3: guest address of its own SGI frame.
  public var interruptFrameWindow: UInt64 = 0
  /// First CPU record of its domain.
  public var domainCPUs: UnsafePointer<CPURecord>?

  /// Errors inside EL2 on this CPU.
  public var faults: UInt32 = 0
  /// Lines of its domain that wait for a list register.
  public var waiting = WaitingLines()
  /// GICv2: physical address of the CPU interface.
  public var cpuInterface: UInt64 = 0
  /// GICv2: physical address of the virtual interface control.
  public var hypervisorInterface: UInt64 = 0
  /// Those of `virtualLines` that a list register holds because of a pulse, not acknowledged as far as EL2 knows.
  public var pulses: UInt32 = 0

  /// When its EL2 timer is to expire for the console, and for the watchdog; 0 for never.
  var consoleDeadline: UInt64 = 0
  var watchdogDeadline: UInt64 = 0

  /// A CPU that has not started.
  public init() {}

  /// The bit of a PPI; 0 for anything else.
  public static func privateBit(_ line: UInt32) -> UInt32 { (16..<32).contains(line) ? 1 << line : 0 }
}
