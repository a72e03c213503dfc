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

  /// The property of this name; the first, should a damaged tree have two.
  public func property(_ name: String) -> Property? {
    for property in properties where property.name == name { return property }
    return nil
  }

  /// Whether a property of this name stands here, with or without a value.
  public func has(_ name: String) -> Bool { property(name) != nil }

  /// The name without its unit address.
  public var baseName: Substring { name.prefix { $0 != "@" } }

  /// `compatible`, most specific first; empty without one.
  public var compatible: [String] { property("compatible")?.strings ?? [] }

  /// The node's phandle, if it has one.
  public var phandle: UInt32? { (property("phandle") ?? property("linux,phandle"))?.cell }

  /// Whether this node's own `status` allows its use (`DeviceTree.isEnabled` looks at its ancestors as well).
  public var isStatusOkay: Bool {
    guard let status = property("status") else { return true }
    return status.string == "okay" || status.string == "ok"
  }
}
