import DeviceTree

/// The search behind `DependencyClosure`, breadth first over a board's graph.
struct DependencyWalk {
  private let graph: DependencyGraph
  private let tree: DeviceTree
  private var found: [DependencyGraph.Edge] = []
  private var isQueued: [Bool]
  private var queue: [(node: Int, isBus: Bool)] = []
  private var own: Range<Int> = 0..<0

  init(_ graph: DependencyGraph, tree: DeviceTree) {
    self.graph = graph
    self.tree = tree
    isQueued = [Bool](repeating: false, count: tree.nodes.count)
  }

  /// Every edge from the nodes at and below `start`, and from all that they need.
  mutating func edges(
    from start: Node, isSettled: (String) -> Bool = { _ in false }
  ) -> [DependencyGraph.Edge] {
    own = start.index..<tree.endOfSubtree(of: start)
    for index in own { enqueue(index) }
    addSurroundings(of: start.index, isSettled)
    var next = 0
    while next < queue.count {
      let (index, isBus) = queue[next]
      for edge in graph.edges[index] where !isBus || edge.dependency.isInheritedByChildren { follow(edge, isSettled) }
      next += 1
    }
    return found
  }

  private mutating func follow(_ edge: DependencyGraph.Edge, _ isSettled: (String) -> Bool) {
    if own.contains(edge.target) || edge.dependency.from == edge.dependency.to { return }
    found.append(edge)
    let role = edge.dependency.role
    // EL2 and firmware answer for their own needs, a reserved region has none, and whoever has a policy for a node answers
    // for what stands behind it.
    guard role == .copied || edge.dependency.isProvider else { return }
    guard !isQueued[edge.target], !isSettled(edge.dependency.to) else { return }
    if role == .firmware {
      isQueued[edge.target] = true
      if let holder = graph.holders[edge.target], holder.dependency.role == .firmware { follow(holder, isSettled) }
      return
    }
    enqueue(edge.target)
    if role != .copied || edge.dependency.kind == .pinState { addSurroundings(of: edge.target, isSettled) }
  }

  /// What a node needs because of where it stands: a regulator its PMIC, that its i2c controller, a pin state its pin
  /// controller, and all of them the clocks and the power of the buses above.
  private mutating func addSurroundings(of index: Int, _ isSettled: (String) -> Bool) {
    for bus in graph.buses[index] { enqueue(bus, isBus: true) }
    if let holder = graph.holders[index] { follow(holder, isSettled) }
  }

  private mutating func enqueue(_ index: Int, isBus: Bool = false) {
    guard !isQueued[index] else { return }
    isQueued[index] = true
    queue.append((index, isBus))
  }
}
