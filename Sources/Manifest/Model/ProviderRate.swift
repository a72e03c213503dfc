/// The rate of one clock that stays as the boot loader left it.
public struct ProviderRate: Hashable, Sendable {
  /// The clock's id in the provider's own numbering.
  public let clock: UInt32
  /// The rate in hertz.
  public let hertz: UInt64
}
