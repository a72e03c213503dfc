/// The health page: what EL2 publishes of every domain, for domains that may read it. 4 KiB, little-endian: a head, then
/// an entry for each domain in the order of the manifest. `Sources/GuestSupport/include/BulkheadHealth.h` says the same to
/// guests.
///
/// A reader takes an entry's sequence, the rest, and the sequence again: if both were the same even number, the rest
/// belongs together.
public enum HealthLayout {
  /// First eight bytes, `BHHEALTH` in ASCII; written last, when all else is there.
  public static var magic: UInt64 { 0x4854_4C41_4548_4842 }
  /// Counts up with every change of the layout.
  public static var version: UInt32 { 1 }
  /// Bytes of the page.
  public static var pageSize: UInt64 { 4096 }
  /// Bytes of the head.
  public static var headSize: UInt64 { 64 }
  /// Bytes of an entry.
  public static var entrySize: UInt64 { 128 }
  /// Domains that the page has room for.
  public static var capacity: Int { Int((pageSize - headSize) / entrySize) }

  /// Offsets in the head, of 32 bits where nothing else is said.
  public enum Head {
    /// `HealthLayout.magic`, 64 bits.
    public static var magic: UInt64 { 0 }
    /// `HealthLayout.version`.
    public static var version: UInt64 { 8 }
    /// How many entries: one for each domain.
    public static var entryCount: UInt64 { 12 }
    /// `HealthLayout.headSize`.
    public static var headSize: UInt64 { 16 }
    /// `HealthLayout.entrySize`.
    public static var entrySize: UInt64 { 20 }
    /// How many ticks a second the times have (CNTFRQ_EL0), 64 bits.
    public static var frequency: UInt64 { 24 }
  }

  /// Offsets in an entry.
  public enum Entry {
    /// Odd while the entry is being written, for good if EL2 failed meanwhile; 32 bits, as all that says nothing else.
    public static var sequence: UInt64 { 0 }
    /// `HealthState` raw value.
    public static var state: UInt64 { 4 }
    /// 32 bytes of ASCII; at least one zero ends it.
    public static var name: UInt64 { 8 }
    /// How often it was started again.
    public static var restarts: UInt64 { 40 }
    /// How many faults ended a run.
    public static var faults: UInt64 { 44 }
    /// The last of them: `HealthFault` raw value.
    public static var faultKind: UInt64 { 48 }
    /// The domain's CPU that did it.
    public static var faultCPU: UInt64 { 52 }
    /// What `HealthFault` says, 64 bits.
    public static var faultAddress: UInt64 { 56 }
    /// Where the CPU was, 64 bits.
    public static var faultPC: UInt64 { 64 }
    /// When, by CNTPCT_EL0, 64 bits.
    public static var faultTime: UInt64 { 72 }
    /// Counters since the system started: accesses answered with an external abort.
    public static var refusedAccesses: UInt64 { 80 }
    /// Calls answered with NOT_SUPPORTED.
    public static var refusedCalls: UInt64 { 84 }
    /// Instructions that were undefined for it.
    public static var undefinedInstructions: UInt64 { 88 }
    /// Cache maintenance by set and way that was ignored.
    public static var ignoredSetWay: UInt64 { 92 }
    /// `HealthWatchdog` raw value.
    public static var watchdog: UInt64 { 96 }
    /// How often the watchdog ended a run.
    public static var watchdogExpiries: UInt64 { 100 }
    /// When its present or last run started, 64 bits, by CNTPCT_EL0.
    public static var startTime: UInt64 { 104 }
  }
}
