/// One node of a device tree.
public struct Node: Sendable {
  /// Position in `DeviceTree.nodes`.
  public let index: Int
  /// Full path, `/soc/serial@…`; `/` for the root.
  public let path: String
  /// Name with the unit address; empty for the root.
  public let name: String
  /// Index of the parent; `nil` for the root.
  public let parent: Int?
  /// Indices of the children in tree order.
  public let children: [Int]
  /// Properties in tree order.
  public let properties: [Property]
}
