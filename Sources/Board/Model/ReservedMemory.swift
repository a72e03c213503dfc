import Ownership

/// Memory that the tree sets aside.
public struct ReservedMemory: Hashable, Sendable {
  /// The physical addresses; `nil` for one whose place is chosen at run time (`size` without `reg`).
  public let range: AddressRange?
  /// The node, or `/memreserve/N`.
  public let path: String
  /// `no-map` stands there.
  public let isNoMap: Bool
  /// `reusable` stands there.
  public let isReusable: Bool

  /// Makes an entry.
  public init(
    range: AddressRange?,
    path: String,
    isNoMap: Bool,
    isReusable: Bool
  ) {
    self.range = range
    self.path = path
    self.isNoMap = isNoMap
    self.isReusable = isReusable
  }
}
