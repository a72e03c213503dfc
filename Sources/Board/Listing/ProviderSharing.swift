import DeviceTree

/// Which devices of a board need which providers, worked out once for all of them.
struct ProviderSharing {
  private let board: Board
  private let graph: DependencyGraph
  /// For every node the one that a policy would name: itself, the block of registers that it is a part of, or the
  /// firmware's interface that it stands below.
  private let block: [Int]
  private let isFirmware: [Bool]
  /// For every device that a domain can be given, by its node: the blocks that it needs.
  private var needs: [Int: [Need]] = [:]
  /// For every block the devices that need it, by their nodes, in the order of the tree.
  private var users: [Int: [Int]] = [:]

  private struct Need {
    let block: Int
    var kinds: [ReferenceKind]
  }

  /// - Parameter candidates: the devices that a domain can be given, in the order of the tree.
  init(_ board: Board, candidates: [Device]) {
    self.board = board
    graph = board.dependencyGraph
    (block, isFirmware) = Self.blocks(of: board)
    for device in candidates {
      guard let node = board.tree.node(at: device.path) else { continue }
      let found = read(node)
      needs[node.index] = found
      for need in found { users[need.block, default: []].append(node.index) }
    }
  }

  /// The providers that a device shares, or is, by their paths.
  func sharedPaths(by path: String) -> [String] { shared(by: path, mostOthers: 1).map(\.path) }

  /// What a device shares with devices that are neither above nor below it.
  func shared(by path: String, mostOthers: Int = .max) -> [SharedProvider] {
    guard let node = board.tree.node(at: path) else { return [] }
    let own = node.index..<board.tree.endOfSubtree(of: node)
    let above = Set(board.tree.chain(from: node).map(\.index))
    var found = (needs[node.index] ?? read(node)).compactMap { need -> SharedProvider? in
      let itself = needs[need.block] != nil ? [need.block] : []
      let users = (users[need.block] ?? []) + itself
      let others = users.lazy.filter { !own.contains($0) && !above.contains($0) }.prefix(mostOthers)
      guard !others.isEmpty else { return nil }
      return provider(need.block, need.kinds, others.sorted())
    }
    if mostOthers > 1 { found = markingDirect(found, from: node) }
    // The device may be what others need.
    let dependents = (users[node.index] ?? []).lazy.filter { !own.contains($0) && !above.contains($0) }
      .prefix(mostOthers)
    if !dependents.isEmpty { found.append(provider(node.index, [], Array(dependents))) }
    return found
  }

  private func provider(_ block: Int, _ kinds: [ReferenceKind], _ others: [Int]) -> SharedProvider {
    let nodes = board.tree.nodes
    return SharedProvider(
      path: nodes[block].path, isFirmware: isFirmware[block], kinds: kinds, isDirect: true,
      others: others.map { nodes[$0].path })
  }

  /// Tells those that the device reaches itself from those that only other shared providers need.
  private func markingDirect(_ providers: [SharedProvider], from node: Node) -> [SharedProvider] {
    let shared = Set(providers.map(\.path))
    func blockPath(_ node: Node) -> String { board.tree.nodes[block[node.index]].path }
    var walk = DependencyWalk(graph, tree: board.tree)
    let edges = walk.edges(from: node) { path in
      board.tree.node(at: path).map { shared.contains(blockPath($0)) } ?? false
    }
    let direct = Set(edges.map { board.tree.nodes[block[$0.target]].path })
    return providers.map { provider in
      SharedProvider(
        path: provider.path, isFirmware: provider.isFirmware, kinds: provider.kinds,
        isDirect: direct.contains(provider.path), others: provider.others)
    }
  }

  private func read(_ node: Node) -> [Need] {
    let own = node.index..<board.tree.endOfSubtree(of: node)
    var walk = DependencyWalk(graph, tree: board.tree)
    var found: [Need] = []
    var position: [Int: Int] = [:]
    for edge in walk.edges(from: node) {
      guard edge.dependency.isProvider else { continue }
      let block = block[edge.target]
      guard !own.contains(block) else { continue }
      if let known = position[block] {
        if !found[known].kinds.contains(edge.dependency.kind) { found[known].kinds.append(edge.dependency.kind) }
      } else {
        position[block] = found.count
        found.append(Need(block: block, kinds: [edge.dependency.kind]))
      }
    }
    return found
  }

  private static func blocks(of board: Board) -> (block: [Int], isFirmware: [Bool]) {
    let graph = board.dependencyGraph
    var block: [Int] = []
    for node in board.tree.nodes {
      let parent = node.parent ?? 0
      if graph.isFirmware[node.index] {
        block.append(graph.isFirmware[parent] ? block[parent] : node.index)
      } else if graph.hasRegisters[node.index] || !node.compatible.isEmpty {
        block.append(node.index)
      } else {
        // A part of another: a pin state, a regulator of a PMIC, a cell of a fuse box.
        block.append(graph.holders[node.index].map { block[$0.target] } ?? node.index)
      }
    }
    return (block, graph.isFirmware)
  }
}
