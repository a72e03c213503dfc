/// A step that resets a device: a write to a 32-bit register, or waiting for one.
public struct ResetStep {
  /// Physical address of the register.
  public var address: UInt64
  /// The bits that count.
  public var mask: UInt32
  /// Their value: the one to write, other bits unchanged, or the one to wait for.
  public var value: UInt32
  /// 0 for a write; otherwise how many microseconds to wait for the value at most.
  public var patience: UInt64
}
