import Synchronization

/// Keeps a board's graph of dependencies once somebody has asked for it.
final class DependencyCache: Sendable {
  private let graph = Mutex<DependencyGraph?>(nil)

  /// The graph of the board that this cache belongs to.
  func graph(of board: Board) -> DependencyGraph {
    graph.withLock { known in
      if let known { return known }
      let read = DependencyGraph(board)
      known = read
      return read
    }
  }
}
