import DeviceTree

/// Nodes of firmware that a domain's devices refer to, with the nodes above them that their drivers need.
///
/// Of a controller only the children that are referred to come along; of a pin state, a regulator and the like
/// everything below.
struct FirmwareNodes {
  /// Kinds whose target is a controller: what stands below it serves others.
  private static let controllers: Set<ReferenceKind> = [
    .clock, .reset, .powerDomain, .firmware, .mailbox, .gpio, .interrupt, .interconnect,
  ]

  private let tree: DeviceTree
  private var members: Set<Int> = []

  /// None yet.
  init(_ tree: DeviceTree) { self.tree = tree }

  /// Whether a node comes along.
  func contains(_ node: Node) -> Bool { members.contains(node.index) }

  /// Takes the target of a reference; returns the nodes that are new.
  mutating func add(_ target: Node, for kind: ReferenceKind) -> [Node] {
    let above = tree.chain(from: target).prefix { node in
      node.parent != nil && !node.compatible.isEmpty && !node.compatible.contains("simple-bus")
        || node.index == target.index
    }
    let below = Self.controllers.contains(kind) ? [] : tree.subtree(of: target)
    return (Array(above) + below).filter { members.insert($0.index).inserted }
  }

  /// The topmost nodes in tree order.
  var tops: [Node] {
    members.sorted().map { tree.nodes[$0] }.filter { node in node.parent.map { !members.contains($0) } ?? false }
  }

  /// All of them in tree order.
  var all: [Node] { members.sorted().map { tree.nodes[$0] } }
}
