/// A range of SMCCC functions that a domain may pass on, where `x1 & argumentMask == argumentValue`.
public struct CallReading: Hashable, Sendable {
  public let functions: ClosedRange<UInt32>
  public let argumentMask: UInt64
  public let argumentValue: UInt64
}
