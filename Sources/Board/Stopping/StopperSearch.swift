import DeviceTree

/// The search behind `BoardStoppers`: once through the tree.
struct StopperSearch {
  private let board: Board
  /// By node: the nearest node at or above it that has registers on the CPUs' address map, through which alone it is
  /// reached.
  private let owners: [String?]
  private(set) var reasons: [String: StopReason] = [:]

  init(_ board: Board) {
    self.board = board
    var owners: [String?] = []
    owners.reserveCapacity(board.tree.nodes.count)
    for node in board.tree.nodes {
      let isDevice = board.device(at: node.path).map { !$0.registers.isEmpty } ?? false
      owners.append(isDevice ? node.path : node.parent.flatMap { owners[$0] })
    }
    self.owners = owners
  }

  /// Fills `reasons`. Of several the first counts: what a device is, then who names it, then what hangs on it.
  mutating func run() {
    for node in board.tree.nodes {
      if let reason = StopperTable.reason(of: node), board.tree.isEnabled(node) || isOwner(node) { add(node, reason) }
    }
    for node in board.tree.nodes where board.tree.isEnabled(node) { addNamed(by: node) }
    for node in board.tree.nodes where node.has("regulator-always-on") && !isOwner(node) && board.tree.isEnabled(node) {
      let words = "it is the way to \(node.path), a supply that must never be switched off (regulator-always-on)"
      add(node, StopReason(means: .supply, node: node.path, words: words))
    }
    for cpu in board.cpus { addSupplies(of: cpu.path) }
  }

  private func isOwner(_ node: Node) -> Bool { owners[node.index] == node.path }

  /// Notes a reason for the device through which a node is reached.
  private mutating func add(_ node: Node, _ reason: StopReason) {
    guard let owner = owners[node.index], reasons[owner] == nil else { return }
    guard owner != node.path, reason.node == node.path, reason.means != .supply else {
      reasons[owner] = reason
      return
    }
    let words = "it is the way to \(node.path): \(reason.words)"
    reasons[owner] = StopReason(means: reason.means, node: node.path, words: words)
  }

  /// What a node that reboots the board, switches it off or keeps an outer watchdog quiet does it with.
  private mutating func addNamed(by node: Node) {
    guard let compatible = node.compatible.first(where: StopperTable.namesAnother) else { return }
    var targets = levers(of: node)
    if targets.isEmpty, let parent = board.tree.parent(of: node) { targets = [parent] + levers(of: parent) }
    for target in targets {
      let words = "\(node.path) (\(compatible)) resets the board or switches it off through it"
      add(target, StopReason(means: .named, node: node.path, words: words))
    }
  }

  /// The register blocks, GPIO controllers and regulators that a node refers to.
  private func levers(of node: Node) -> [Node] {
    board.tree.references(of: node).entries.filter {
      [.systemController, .gpio, .regulator, .companion].contains($0.kind)
    }
    .compactMap { board.tree.node(at: $0.target) }
  }

  /// What feeds and clocks a CPU, and the lines, PWMs and buses by which its regulators are driven. Behind a clock only
  /// its one input counts: which of several a CPU's clock comes from no tree says, and many of them are a PHY's or an RTC's.
  private mutating func addSupplies(of cpu: String) {
    var feeding: Set<String> = [cpu]
    var clocking: Set<String> = [cpu]
    for edge in DependencyClosure(board, of: cpu).edges where edge.isProvider {
      let isFirst = edge.from == cpu
      let isClock = clocking.contains(edge.from) && (edge.kind == .clock || isFirst && edge.kind == .interconnect)
      let feeds: [ReferenceKind] = isFirst ? [.regulator, .powerDomain] : [.regulator, .pwm, .gpio, .bus]
      let isFeed = feeding.contains(edge.from) && feeds.contains(edge.kind)
      guard isClock || isFeed else { continue }
      guard let target = board.tree.node(at: edge.to) else { continue }
      let inputs = board.tree.references(of: target).entries.filter { $0.property == "clocks" }.count
      if isClock, inputs == 1 { clocking.insert(edge.to) }
      if !isClock { feeding.insert(edge.to) }
      let way = isClock && !isFirst ? ", by way of \(edge.from)" : ""
      let words = "\(cpu) gets its \(isClock ? "clock" : "power") through it\(way)"
      add(target, StopReason(means: .supply, node: cpu, words: words))
    }
  }
}
