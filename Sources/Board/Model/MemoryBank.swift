import Ownership

/// RAM as one `reg` entry of a memory node gives it.
public struct MemoryBank: Hashable, Sendable {
  /// The physical addresses.
  public let range: AddressRange
  /// The node.
  public let path: String

  /// Makes a bank.
  public init(
    range: AddressRange,
    path: String
  ) {
    self.range = range
    self.path = path
  }
}
