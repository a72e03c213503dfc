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
}
