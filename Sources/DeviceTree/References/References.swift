/// What a node refers to.
public struct References: Hashable, Sendable {
  /// The references, in the order of the node's properties.
  public internal(set) var entries: [Reference] = []
  /// References that cannot be read: a phandle of no node, a target that does not say how many cells belong to it.
  public internal(set) var faults: [TreeFault] = []
  /// Names of properties that Bulkhead does not know and whose values look like references. Never followed: small
  /// numbers look like phandles too.
  public internal(set) var suspects: [String] = []

  /// No references.
  public init() {}
}
