import DeviceTree

extension Board {
  /// The lines and channels that a device claims by itself, by the nodes below it, and by what it inherits from the buses
  /// and wrappers above it. Those that its providers claim are theirs.
  public func exclusiveClaims(of devicePath: String) -> [ExclusiveClaim] {
    guard let start = tree.node(at: devicePath) else { return [] }
    let graph = dependencyGraph
    let above = tree.chain(from: start).dropFirst().dropLast().map(\.index).reversed()
    return (above + Array(start.index..<tree.endOfSubtree(of: start))).flatMap { index in
      graph.edges[index].compactMap { edge in
        index >= start.index || edge.dependency.isInheritedByChildren ? claim(edge, of: devicePath) : nil
      }
    }
  }

  /// The claims of the buses and wrappers above a device, which are needed by all that stands below them.
  public func inheritedClaims(of devicePath: String) -> [ExclusiveClaim] {
    exclusiveClaims(of: devicePath).filter { devicePath.hasPrefix($0.node + "/") }
  }

  /// What every enabled node claims by its own properties, in the order of the tree, each under the nearest device at or
  /// above it; what stands in no device claims nothing that could be given away.
  public var ownClaims: [ExclusiveClaim] {
    let graph = dependencyGraph
    var claims: [ExclusiveClaim] = []
    var nearest: [String?] = []
    var isEnabled: [Bool] = []
    for node in tree.nodes {
      nearest.append(device(at: node.path)?.path ?? node.parent.flatMap { nearest[$0] })
      isEnabled.append(node.isStatusOkay && (node.parent.map { isEnabled[$0] } ?? true))
      guard isEnabled[node.index], let device = nearest[node.index] else { continue }
      claims += graph.edges[node.index].compactMap { claim($0, of: device) }
    }
    return claims
  }

  private func claim(_ edge: DependencyGraph.Edge, of device: String) -> ExclusiveClaim? {
    let dependency = edge.dependency
    guard let line = ExclusiveClaim.Line(dependency, target: tree.nodes[edge.target]) else { return nil }
    return ExclusiveClaim(
      line: line, specifier: dependency.specifier, property: dependency.property, node: dependency.from, device: device)
  }

  /// The nodes that whoever makes a claim has to drive as well, because nobody can share them: a private IOMMU, a PHY that
  /// is claimed as a whole, and the MDIO controller that an ethernet PHY answers to.
  public func seats(of line: ExclusiveClaim.Line) -> [String] {
    guard line.cells.isEmpty, let node = tree.node(at: line.controller) else { return [] }
    switch line.kind {
    case .privateIOMMU: return [line.controller]
    case .phy:
      let isOnBus = device(at: line.controller)?.registers.isEmpty ?? true
      let controller = isOnBus && node.property("#phy-cells") == nil ? dependencyGraph.holders[node.index] : nil
      return [line.controller] + (controller.map { [$0.dependency.to] } ?? [])
    case .dmaChannel, .resetLine, .gpioLine, .powerDomain, .mailboxChannel: return []
    }
  }
}

extension ExclusiveClaim.Line {
  /// What a reference claims; `nil` if many may refer to the same.
  init?(_ dependency: Dependency, target: Node) {
    guard dependency.role != .hypervisor, dependency.role != .copied, dependency.role != .description else {
      return nil
    }
    let kind: ExclusiveClaim.Kind
    switch dependency.kind {
    case .dmaChannel: kind = .dmaChannel
    case .reset: kind = .resetLine
    case .gpio where dependency.property != "trigger-sources": kind = .gpioLine
    case .powerDomain: kind = .powerDomain
    case .mailbox: kind = .mailboxChannel
    case .phy, .ethernetPHY: kind = .phy
    case .iommu where dependency.role == .exclusive: kind = .privateIOMMU
    default: return nil
    }
    let cells = SpecifierIdentity.cells(of: dependency.specifier, kind: kind, controller: target.compatible)
    self.init(kind: kind, controller: dependency.to, cells: cells)
  }
}
