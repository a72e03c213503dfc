/// One reference from a node to another, by phandle.
public struct Reference: Hashable, Sendable {
  /// What it is for.
  public let kind: ReferenceKind
  /// The property that it stands in.
  public let property: String
  /// Position among the property's references, from 0; holes (a phandle of 0) count.
  public let index: Int
  /// Path of the node referred to.
  public let target: String
  /// The cells that come with the phandle: a clock's number, a GPIO's line and flags, a stream id.
  public let specifier: [UInt32]

  /// Makes a reference.
  public init(kind: ReferenceKind, property: String, index: Int, target: String, specifier: [UInt32]) {
    self.kind = kind
    self.property = property
    self.index = index
    self.target = target
    self.specifier = specifier
  }
}
