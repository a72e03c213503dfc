import DeviceTree

/// Everything that a device needs, directly or through others, found through typed references.
///
/// A closure starts at the device and all that stands below it, which comes along with it, and at the buses above it,
/// whose clocks, power and streams it inherits. Providers and copied nodes are followed further; what EL2 or the
/// firmware drives, and what is mere description, is not. `remote-endpoint` is no dependency: it says what a wire is
/// connected to.
public struct DependencyClosure: Sendable {
  /// The device.
  public let path: String
  /// Every edge, not only the first that reaches a node; nearest first, then in the order of the tree. Edges to the device
  /// itself and the nodes below it are left out.
  public let edges: [Dependency]

  /// Follows what the node at `path` needs.
  ///
  /// - Parameter isSettled: nodes whose own needs are left out, because somebody else answers for them (a policy).
  public init(_ board: Board, of path: String, stoppingAt isSettled: (String) -> Bool = { _ in false }) {
    self.path = path
    guard let start = board.tree.node(at: path) else {
      edges = []
      return
    }
    var walk = DependencyWalk(board.dependencyGraph, tree: board.tree)
    edges = walk.edges(from: start, isSettled: isSettled).map(\.dependency)
  }

  /// The first edge to each node: a node that is needed in several ways once, by the nearest.
  public var needs: [Dependency] {
    var seen: Set<String> = []
    return edges.filter { seen.insert($0.to).inserted }
  }
}
