/// How a domain is restarted. A domain without one is never restarted.
public struct RestartRecord {
  /// TTBR0_EL2 while the domain's memory is renewed: the root of a map that has all of EL2's own, and the domain's memory,
  /// its pristine copy and the registers of its reset steps.
  public var translationTable: UInt64
  /// Milliseconds within which `DomainRecord.restartLimit` counts.
  public var window: UInt64
  /// Physical address of zeroed memory for when the domain restarted, `RestartRecord.historySize` bytes.
  public var history: UInt64
  /// First span of memory to clear.
  public var firstSpan: UInt32
  /// How many spans.
  public var spanCount: UInt32
  /// First copy to make once everything is cleared.
  public var firstCopy: UInt32
  /// How many copies.
  public var copyCount: UInt32
  /// First step that resets a device.
  public var firstStep: UInt32
  /// How many steps.
  public var stepCount: UInt32

  /// Bytes of a history.
  public static var historySize: UInt64 { 128 }

  /// `DomainRecord.restart` of a domain that is never restarted.
  public static var none: UInt32 { 0xFFFF_FFFF }
}
