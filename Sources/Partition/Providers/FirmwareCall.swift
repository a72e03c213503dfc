/// Calls to firmware that a domain may make by SMC: a call is let through if its function is in the range and
/// `x1 & mask == value`.
public struct FirmwareCall: Hashable, Sendable {
  /// The function ids of the SMC calling convention (x0).
  public let functions: ClosedRange<UInt32>
  /// Bits of the first argument (x1) that count; 0: any argument.
  public let mask: UInt64
  /// What those bits have to be.
  public let value: UInt64

  /// Lets the functions through with a first argument of which the bits in `mask` are those of `value`.
  public init(functions: ClosedRange<UInt32>, mask: UInt64 = 0, value: UInt64 = 0) {
    self.functions = functions
    self.mask = mask
    self.value = value & mask
  }
}

extension FirmwareCall: Comparable {
  /// By function, then by argument.
  public static func < (left: FirmwareCall, right: FirmwareCall) -> Bool { left.key < right.key }

  private var key: (UInt32, UInt32, UInt64, UInt64) {
    (functions.lowerBound, functions.upperBound, value, mask)
  }
}
