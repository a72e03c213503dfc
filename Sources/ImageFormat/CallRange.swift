/// A closed range of SMCCC function ids that a domain may pass to firmware, if the first argument fits.
public struct CallRange {
  /// The first id.
  public var first: UInt32
  /// The last id.
  public var last: UInt32
  /// The bits of x1 that count; 0 for any argument.
  public var argumentMask: UInt64
  /// What those bits have to be.
  public var argumentValue: UInt64

  /// The calls `first` to `last`, with a first argument that has `argumentValue` in the bits of `argumentMask`.
  public init(first: UInt32, last: UInt32, argumentMask: UInt64, argumentValue: UInt64) {
    self.first = first
    self.last = last
    self.argumentMask = argumentMask
    self.argumentValue = argumentValue
  }
}
