/// One property of a node: a name and raw big-endian bytes.
public struct Property: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The bytes as they stand in the tree.
  public let value: [UInt8]

  /// Makes a property.
  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }
}
