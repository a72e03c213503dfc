/// What EL2 remembers of a domain's watchdog, under the domain's lock.
public struct WatchdogState {
  /// When the present stage ends, by CNTPCT_EL0; 0 while nothing counts.
  public var deadline: UInt64 = 0
  /// Ticks of the longest stage: half of the manifest's period.
  public var limit: UInt64 = 0
  /// WOR, as the domain wrote it.
  public var offset: UInt64 = 0
  /// WCS.
  public var status: UInt32 = 0

  /// A watchdog that does not count.
  public init() {}

  /// WCS.EN: the domain has started it. Nothing stops it again.
  static var enabled: UInt32 { 1 }
  /// WCS.WS0: the first stage has passed without a refresh, and the interrupt is asserted.
  static var firstSignal: UInt32 { 2 }
  /// WCS.WS1: the second has as well.
  static var secondSignal: UInt32 { 4 }

  var isEnabled: Bool { status & Self.enabled != 0 }

  /// Ticks of a stage: what the domain asks for, and never more than the manifest allows.
  var stage: UInt64 { min(offset, limit) }
}
