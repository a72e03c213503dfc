import DeviceTree

/// Follows references from a device to everything that it needs.
///
/// `remote-endpoint` is no dependency: it says what a wire is connected to.
struct DependencyWalk {
  private let board: Board
  private let smmus: Set<String>
  private let controller: Set<String>

  init(_ board: Board) {
    self.board = board
    smmus = Set(board.smmus.map(\.path))
    controller = Set(board.interruptController?.paths ?? [])
  }

  /// Everything that the node at `path`, the nodes below it and the nodes above it refer to, nearest first; a node that
  /// is needed in several ways appears once, by the first.
  func dependencies(of path: String) -> [Dependency] {
    guard let start = board.tree.node(at: path) else { return [] }
    var resolver = InterruptResolver(board.tree)
    // What comes along with the device is part of it, and a bus's clocks and power are needed by all below it.
    let own = board.tree.subtree(of: start) + board.tree.chain(from: start).dropFirst().dropLast()
    var seen = Set(own.map(\.path))
    var found: [Dependency] = []
    var wave = own.map { Step(node: $0, standsOnItsOwn: true) }
    while !wave.isEmpty {
      var next: [Step] = []
      for step in wave {
        for reference in references(of: step, &resolver) where seen.insert(reference.target).inserted {
          guard let target = board.tree.node(at: reference.target) else { continue }
          let role = role(of: target, kind: reference.kind)
          found.append(
            Dependency(
              path: reference.target, kind: reference.kind, from: step.node.path, property: reference.property,
              distance: step.distance + 1, role: role))
          guard role == .provider || role == .copied else { continue }
          let standsOnItsOwn = role == .copied && reference.kind != .pinState || hasRegisters(target)
          next.append(Step(node: target, standsOnItsOwn: standsOnItsOwn, distance: step.distance + 1))
        }
      }
      wave = next
    }
    return found
  }

  /// A node whose references are followed.
  private struct Step {
    let node: Node
    /// Whether it works without the node that it stands below; a regulator needs its PMIC, that its i2c controller, and
    /// a pin state its pin controller.
    let standsOnItsOwn: Bool
    var distance = 0
  }

  /// References and the interrupt controllers that a node's interrupts pass.
  private func references(of step: Step, _ resolver: inout InterruptResolver) -> [Reference] {
    let node = step.node
    let named = board.tree.references(of: node).entries.filter { $0.kind != .graph && $0.kind != .cpu }
    let property = node.has("interrupts-extended") ? "interrupts-extended" : "interrupts"
    let controllers = resolver.interrupts(of: node).entries.map { entry in
      Reference(
        kind: .interrupt, property: property, index: entry.index, target: entry.parent, specifier: entry.specifier)
    }
    return named + controllers + (step.standsOnItsOwn ? [] : above(node))
  }

  /// The nearest node above that is a device rather than a mere bus, as a reference of kind `bus`.
  private func above(_ node: Node) -> [Reference] {
    let holder = board.tree.chain(from: node).dropFirst().dropLast().first { !$0.compatible.isEmpty }
    guard let holder, !holder.compatible.contains("simple-bus") else { return [] }
    return [Reference(kind: .bus, property: "parent", index: 0, target: holder.path, specifier: [])]
  }

  private func hasRegisters(_ node: Node) -> Bool { board.device(at: node.path)?.registers.isEmpty == false }

  private func role(of node: Node, kind: ReferenceKind) -> Dependency.Role {
    if smmus.contains(node.path) || controller.contains(node.path) { return .hypervisor }
    switch kind {
    case .firmware: return .firmware
    case .operatingPoints, .idleState, .pinState, .configuration: return .copied
    case .cpu, .cache, .memoryRegion, .thermalSensor, .coolingDevice, .graph: return .description
    default: break
    }
    let compatible = node.compatible
    if compatible.contains(where: { $0.hasPrefix("arm,psci") }) { return .hypervisor }
    if compatible.contains(where: { $0 == "fixed-clock" || $0 == "fixed-factor-clock" }) { return .copied }
    if compatible.contains("regulator-fixed"), !node.has("gpio"), !node.has("gpios") { return .copied }
    return compatible.contains(where: { $0.hasPrefix("arm,scmi") || $0.hasSuffix("-firmware") })
      ? .firmware : .provider
  }
}
