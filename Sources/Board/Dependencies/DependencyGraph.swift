import DeviceTree

/// What every node of a board refers to, read once.
struct DependencyGraph: Sendable {
  /// An edge with its ends as positions in `DeviceTree.nodes`.
  struct Edge: Sendable {
    let target: Int
    let dependency: Dependency
  }

  /// The edges that leave each node, in the order of its properties, then of its interrupts. Those for display pipelines
  /// (`remote-endpoint`, which says what a wire is connected to) and CPUs are left out.
  let edges: [[Edge]]
  /// By node: the nearest one above that is a device rather than a mere bus, and cannot be done without.
  let holders: [Edge?]
  /// By node: the mere buses between the node and its holder, or the root; their clocks and power are needed below them.
  let buses: [[Int]]
  /// By node: whether it has registers on the CPUs' address map.
  let hasRegisters: [Bool]
  /// By node: whether it is an interface to firmware or stands below one.
  let isFirmware: [Bool]

  init(_ board: Board) {
    let tree = board.tree
    let roles = RoleTable(tree: tree, smmus: board.smmus, controller: board.interruptController)
    var resolver = InterruptResolver(tree)
    var hasRegisters = [Bool](repeating: false, count: tree.nodes.count)
    for device in board.devices where !device.registers.isEmpty {
      if let node = tree.node(at: device.path) { hasRegisters[node.index] = true }
    }
    var edges: [[Edge]] = []
    edges.reserveCapacity(tree.nodes.count)
    for node in tree.nodes {
      edges.append(
        Self.references(of: node, in: tree, &resolver).compactMap { reference in
          guard let target = tree.node(at: reference.target) else { return nil }
          return Edge(
            target: target.index,
            dependency: Dependency(
              from: node.path, property: reference.property, index: reference.index, to: reference.target,
              specifier: reference.specifier, kind: reference.kind,
              role: roles.role(of: target, kind: reference.kind)))
        })
    }
    self.edges = edges
    self.hasRegisters = hasRegisters
    isFirmware = roles.isFirmware
    (holders, buses) = Self.surroundings(tree, roles, hasRegisters)
  }

  /// References and the interrupt controllers that a node's interrupts, or the rows of its `interrupt-map`, go to.
  private static func references(
    of node: Node, in tree: DeviceTree, _ resolver: inout InterruptResolver
  ) -> [Reference] {
    let named = tree.references(of: node).entries.filter { $0.kind != .graph && $0.kind != .cpu }
    let property = node.has("interrupts-extended") ? "interrupts-extended" : "interrupts"
    let interrupts = resolver.interrupts(of: node).entries.map { entry in
      Reference(
        kind: .interrupt, property: property, index: entry.index, target: entry.parent, specifier: entry.specifier)
    }
    let mapped = resolver.mapParents(of: node).enumerated().map { index, parent in
      Reference(kind: .interrupt, property: "interrupt-map", index: index, target: parent, specifier: [])
    }
    return named + interrupts + mapped
  }

  private static func surroundings(
    _ tree: DeviceTree, _ roles: RoleTable, _ hasRegisters: [Bool]
  ) -> (holders: [Edge?], buses: [[Int]]) {
    var holders: [Edge?] = []
    var buses: [[Int]] = []
    for node in tree.nodes {
      guard let parent = node.parent, tree.nodes[parent].parent != nil else {
        holders.append(nil)
        buses.append([])
        continue
      }
      let above = tree.nodes[parent]
      let isMereBus = isMereBus(above, hasRegisters: hasRegisters[parent])
      let holder = isMereBus ? holders[parent]?.target : parent
      buses.append(isMereBus ? [parent] + buses[parent] : [])
      holders.append(
        holder.map { holder in
          let target = tree.nodes[holder]
          return Edge(
            target: holder,
            dependency: Dependency(
              from: node.path, property: "parent", index: 0, to: target.path, specifier: [], kind: .bus,
              role: roles.role(of: target, kind: .bus)))
        })
    }
    return (holders, buses)
  }

  /// Whether a node only groups others or passes their addresses on.
  private static func isMereBus(_ node: Node, hasRegisters: Bool) -> Bool {
    let compatible = node.compatible
    if compatible.isEmpty || compatible.contains("simple-bus") || compatible.contains("simple-pm-bus") { return true }
    return node.has("ranges") && !hasRegisters
  }
}
