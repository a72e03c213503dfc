import DeviceTree

/// A node of the board's tree with what it refers to, read once.
struct SourceNode: Sendable {
  /// The node.
  let node: Node
  /// Its references by property, each list in order.
  let lists: [String: [BoardReference]]
  /// Properties with references that cannot be read.
  let malformed: Set<String>
  /// Its interrupts.
  let interrupts: Interrupts

  /// Reads a node.
  init(_ node: Node, in tree: DeviceTree, _ resolver: inout InterruptResolver) {
    self.node = node
    let references = tree.references(of: node)
    var lists: [String: [BoardReference]] = [:]
    for entry in references.entries {
      guard let target = tree.node(at: entry.target) else { continue }
      lists[entry.property, default: []].append(BoardReference(entry, target: target))
    }
    self.lists = lists
    malformed = Set(references.faults.map(\.property))
    interrupts = resolver.interrupts(of: node)
  }

  /// Whether its interrupts have to be written anew for the domain's interrupt controller.
  var hasInterrupts: Bool { node.has("interrupts") || node.has("interrupts-extended") }
}
