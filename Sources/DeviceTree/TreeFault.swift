/// Something malformed in a board's tree: not an error until an assigned node, a used CPU or used RAM reaches it.
public struct TreeFault: Hashable, Sendable {
  /// The node it stands in.
  public let path: String
  /// The property.
  public let property: String
  /// What is wrong, as part of a sentence: “reg entry 2 runs past the end of the parent's ranges”.
  public let message: String

  /// Records what is wrong with a property of a node.
  public init(path: String, property: String, message: String) {
    self.path = path
    self.property = property
    self.message = message
  }
}
