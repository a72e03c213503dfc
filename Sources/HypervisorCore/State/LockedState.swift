/// What a domain's CPUs change one at a time, under the domain's lock.
public struct LockedState {
  /// Its UART.
  public var uart = VirtualPL011()
  /// When bytes of the output were first held back, by CNTPCT_EL0.
  public var heldBackSince: UInt64 = 0

  /// A domain that has not started.
  public init() {}
}
