/// A step that resets a device of a domain.
public struct ResetStepPlan: Hashable, Sendable {
  /// Physical address of a 32-bit register.
  public let address: UInt64
  /// The bits that count.
  public let mask: UInt32
  /// Their value, which is written or waited for.
  public let value: UInt32
  /// 0 for a write; otherwise how many microseconds to wait at most.
  public let patience: UInt64
}
