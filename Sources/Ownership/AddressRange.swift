/// A non-empty run of physical (or intermediate physical) addresses, in bytes.
///
/// A range is kept by its first and last address, so that one that ends at 2^64 needs no special case and no sum can
/// overflow. This is the only interval type in Bulkhead.
public struct AddressRange: Hashable, Sendable {
  /// The first address.
  public let base: UInt64
  /// The last address that still belongs to the range.
  public let last: UInt64

  /// The range of `size` bytes from `base`; `nil` if it is empty or would run past 2^64.
  public init?(base: UInt64, size: UInt64) {
    guard size > 0 else { return nil }
    let (last, overflow) = base.addingReportingOverflow(size - 1)
    guard !overflow else { return nil }
    self.base = base
    self.last = last
  }

  /// The range from `base` to `last`, both included; `nil` if `last` lies below `base`.
  public init?(base: UInt64, last: UInt64) {
    guard last >= base else { return nil }
    self.base = base
    self.last = last
  }

  /// The range from `base` to `last`, where the caller has made sure that `base` is not above `last`.
  init(unchecked base: UInt64, last: UInt64) {
    self.base = base
    self.last = last
  }
}
