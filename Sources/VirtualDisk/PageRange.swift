/// Some addresses that follow one another, not beyond the last one there is.
public struct PageRange: Equatable, Sendable {
  /// The first address.
  public let base: UInt64
  /// Bytes.
  public let size: UInt64

  /// `nil` where nothing is left or the end does not exist.
  public init?(base: UInt64, size: UInt64) {
    guard size > 0, !base.addingReportingOverflow(size).overflow else { return nil }
    self.base = base
    self.size = size
  }

  /// Whether `size` bytes at an address, at least one, lie in it altogether.
  public func contains(_ address: UInt64, size: UInt64) -> Bool {
    guard size > 0, size <= self.size, address >= base else { return false }
    return address - base <= self.size - size
  }
}
