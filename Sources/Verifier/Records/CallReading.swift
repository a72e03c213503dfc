/// A range of SMCCC functions that a domain may pass on, where `x1 & argumentMask == argumentValue`.
public struct CallReading: Hashable, Sendable {
  /// The function ids.
  public let functions: ClosedRange<UInt32>
  /// The bits of x1 that count; 0 for any argument.
  public let argumentMask: UInt64
  /// What those bits have to be.
  public let argumentValue: UInt64
}
