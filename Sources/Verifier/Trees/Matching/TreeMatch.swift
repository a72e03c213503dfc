import Board
import DeviceTree
import Ownership

/// Which node of a domain's tree is which of the board's, and why every other one stands there.
struct TreeMatch {
  /// The domain's tree.
  let tree: DeviceTree
  /// The board and what the manifest gives the domain.
  let board: BoardSide
  let domain: DomainSide
  /// By node of the domain's tree.
  private(set) var origins: [NodeOrigin]
  /// By node of the domain's tree: index of the board's node, or -1.
  private(set) var sources: [Int]
  /// By node of the board's tree: index of the domain's node, or -1.
  private(set) var twins: [Int]
  /// What is not explained, or not there.
  private(set) var faults: [TreeFault] = []

  /// Matches a tree.
  init(
    _ tree: DeviceTree, _ record: DomainReading, _ partition: PartitionReading, _ board: BoardSide, _ domain: DomainSide
  ) {
    self.tree = tree
    self.board = board
    self.domain = domain
    origins = Array(repeating: .unexplained, count: tree.nodes.count)
    sources = Array(repeating: -1, count: tree.nodes.count)
    twins = Array(repeating: -1, count: board.tree.nodes.count)
    origins[0] = .root
    for index in tree.root.children { matchRoot(tree.nodes[index], record) }
    matchProcessors(record, partition)
    for fault in tree.faults { faults.append(fault) }
    reportMissing(record)
  }

  /// The domain's node for a node of the board's, if references may lead there.
  func twin(of source: Int) -> Node? {
    guard twins.indices.contains(source), twins[source] >= 0, origins[twins[source]].isReferable else { return nil }
    return tree.nodes[twins[source]]
  }

  /// The board's node behind a node of the domain's tree.
  func source(of node: Node) -> SourceNode? { sources[node.index] < 0 ? nil : board.sources[sources[node.index]] }

  /// Whether a node is a copied device whose own bus the domain does not have.
  func isTop(_ node: Node) -> Bool {
    guard let parent = node.parent else { return false }
    return origins[node.index] == .device && origins[parent] != .device
  }

  /// The domain's interrupt controller.
  var controller: Node? { origins.firstIndex(of: .controller).map { tree.nodes[$0] } }

  // MARK: Setting

  private mutating func set(_ node: Node, _ origin: NodeOrigin, source: Int? = nil) {
    origins[node.index] = origin
    guard let source else { return }
    sources[node.index] = source
    if twins[source] >= 0 {
      fault(node, "stands for \(board.tree.nodes[source].path), as \(tree.nodes[twins[source]].path) does")
    } else {
      twins[source] = node.index
    }
  }

  private mutating func fault(_ node: Node, _ words: String) {
    faults.append(TreeFault(path: node.path, property: "", message: words))
  }

  /// A number at the end of a name has to be the first that keeps it apart from its siblings' names.
  private mutating func checkNumber(_ node: Node, _ name: NumberedName, base: String, separator: String, first: Int) {
    guard node.name != base, let number = name.number, let parent = node.parent else { return }
    let siblings = Set(tree.children(of: tree.nodes[parent]).map(\.name))
    let isTaken = siblings.contains(base) || Self.keptNames.contains(base)
    let isNext = (first..<max(first, number)).allSatisfy { siblings.contains("\(base)\(separator)\($0)") }
    if !isTaken || !isNext { fault(node, "has a number in its name that nothing asks for") }
  }

  /// Names at the root that a domain's tree keeps for nodes of its own, whether it has them or not.
  private static let keptNames: Set = [
    "aliases", "bus", "chosen", "cpus", "dma-bus", "firmware", "pmu", "psci", "reserved-memory", "timer",
    ConsoleNode.clockName,
  ]

  private mutating func unexplained(_ node: Node) {
    fault(node, "is explained neither by the board's tree and the manifest nor by what every domain's tree has")
  }

  // MARK: The root's children

  private mutating func matchRoot(_ node: Node, _ record: DomainReading) {
    if let origin = Self.fixed[node.name] {
      set(node, origin)
    } else if let origin = Self.generated(node, record) {
      set(node, origin)
    } else {
      matchNamed(node)
    }
    switch origins[node.index] {
    case .bus: for child in node.children { matchOnBus(tree.nodes[child]) }
    case .reservedMemory: for child in node.children { matchGranted(tree.nodes[child]) }
    case .functionBus: for child in node.children { matchFunction(tree.nodes[child]) }
    case .firmwareGroup: for child in node.children { matchFirmware(tree.nodes[child], below: "/firmware") }
    case .processors, .device, .firmware, .provider: break
    case .unexplained: unexplained(node)
    default: for child in node.children { unexplained(tree.nodes[child]) }
    }
  }

  private static let fixed: [String: NodeOrigin] = [
    "chosen": .chosen, "aliases": .aliases, "cpus": .processors, "psci": .processorStart, "timer": .timer,
    "reserved-memory": .reservedMemory, "firmware": .firmwareGroup, "bus": .bus,
  ]

  /// Nodes of the domain's virtual hardware, by names that the records give.
  private static func generated(_ node: Node, _ record: DomainReading) -> NodeOrigin? {
    if node.name == "interrupt-controller@\(String(record.distributor, radix: 16))" { return .controller }
    if record.pmuINTID != 0, node.name == "pmu" { return .performanceMonitor }
    if node.name == WatchdogNode.name(record) { return .watchdog }
    if record.consoleBase != 0 {
      if node.name == ConsoleNode.clockName { return .consoleClock }
      if node.name == ConsoleNode.name(record) { return .console }
    }
    if node.name == FunctionNodes.busName(record) { return .functionBus }
    if node.baseName == "dma-bus" || node.name.hasPrefix("dma") && node.name.hasSuffix("-bus") { return .bus }
    if node.name.hasPrefix("memory@"), node.property("device_type")?.string == "memory" { return .memory }
    return node.name.hasPrefix("channel@") && node.compatible == ["bulkhead,channel"] ? .channel : nil
  }

  /// A device without registers, firmware, a provider that came along or one that stands in.
  private mutating func matchNamed(_ node: Node) {
    let name = NumberedName(node.name, separator: "-", first: 2)
    if let index = pick(node, from: candidates(domain.atRoot, name)) {
      checkNumber(node, name, base: domain.places[index]?.name ?? node.name, separator: "-", first: 2)
      return matchDevice(node, index)
    }
    if let phandle = node.phandle, let source = board.tree.node(phandle: phandle) {
      if name.candidates.contains(String(source.baseName)), ProviderNode.isSelfContained(source) {
        checkNumber(node, name, base: String(source.baseName), separator: "-", first: 2)
        return set(node, .provider, source: source.index)
      }
    } else if StandInNode.kind(of: node) != nil {
      return set(node, .standIn)
    }
    matchFirmware(node, below: nil)
  }

  private mutating func matchOnBus(_ node: Node) {
    let name = NumberedName(node.name, separator: ",", first: 1)
    guard let index = pick(node, from: candidates(domain.onBus, name)) else { return unexplained(node) }
    checkNumber(node, name, base: domain.places[index]?.name ?? node.name, separator: ",", first: 1)
    matchDevice(node, index)
  }

  private func candidates(_ names: [String: [Int]], _ name: NumberedName) -> [Int] {
    name.candidates.flatMap { names[$0] ?? [] }
  }

  /// Of nodes with one name the one with the node's phandle, or the first that is not taken.
  private func pick(_ node: Node, from candidates: [Int]) -> Int? {
    let free = candidates.filter { twins[$0] < 0 }
    guard free.count > 1 else { return free.first }
    return free.first { board.tree.nodes[$0].phandle == node.phandle } ?? free.first
  }

  private mutating func matchDevice(_ node: Node, _ source: Int) {
    set(node, .device, source: source)
    matchChildren(node, of: board.tree.nodes[source], .device)
  }

  /// Children keep their names and places.
  private mutating func matchChildren(_ node: Node, of source: Node, _ origin: NodeOrigin) {
    for index in node.children {
      let child = tree.nodes[index]
      let original = source.children.first { board.tree.nodes[$0].name == child.name }
      guard let original, origin != .device || domain.isCopied[original] else {
        unexplained(child)
        continue
      }
      set(child, origin, source: original)
      matchChildren(child, of: board.tree.nodes[original], origin)
    }
  }

  /// Firmware that serves the domain by the manifest's policy.
  private mutating func matchFirmware(_ node: Node, below parent: String?) {
    let found: Node?
    if let parent {
      found = board.tree.node(at: "\(parent)/\(node.name)")
    } else {
      let names = NumberedName(node.name, separator: "-", first: 2).candidates
      found = board.firmwareNodes.map { board.tree.nodes[$0] }.first { candidate in
        names.contains(String(candidate.baseName)) && candidate.phandle == node.phandle && twins[candidate.index] < 0
      }
    }
    guard let found, board.mayBeFirmware(found.index, domain: domain.declaration.name.value) else {
      // A child of the group is not looked at again.
      if parent != nil { unexplained(node) }
      return
    }
    set(node, .firmware, source: found.index)
    matchChildren(node, of: found, .firmware)
  }

  private mutating func matchFunction(_ node: Node) {
    set(node, .function)
    for child in node.children { unexplained(tree.nodes[child]) }
  }

  private mutating func matchGranted(_ node: Node) {
    let source = domain.granted.first { index in
      let granted = board.tree.nodes[index]
      let first = board.board.reservedMemory.first { $0.path == granted.path }?.range
      return node.name == "\(granted.baseName)@\(String(first?.base ?? 0, radix: 16))"
    }
    guard let source else { return unexplained(node) }
    set(node, .grantedMemory, source: source)
    for child in node.children { unexplained(tree.nodes[child]) }
  }

  // MARK: Processors

  /// CPUs by their number, and the caches behind them, which the CPUs' nodes lead to.
  private mutating func matchProcessors(_ record: DomainReading, _ partition: PartitionReading) {
    guard let parent = tree.node(at: "/cpus") else { return }
    for index in parent.children {
      let node = tree.nodes[index]
      if node.baseName == "cpu", let number = node.name.split(separator: "@").last.flatMap({ Int($0, radix: 16) }),
        let source = ProcessorNodes.source(number, record, partition, board)
      {
        set(node, .processor, source: source)
      } else if let phandle = node.phandle, let cache = board.tree.node(phandle: phandle),
        cache.compatible.contains("cache")
      {
        set(node, .cache, source: cache.index)
      } else {
        unexplained(node)
      }
      for child in node.children { unexplained(tree.nodes[child]) }
    }
  }

  // MARK: What is not there

  private mutating func reportMissing(_ record: DomainReading) {
    for index in domain.copies + domain.granted where twins[index] < 0 {
      let path = board.tree.nodes[index].path
      faults.append(TreeFault(path: path, property: "", message: "is the domain's by the manifest and not in its tree"))
    }
    let present = Set(origins)
    let always: [(NodeOrigin, String)] = [
      (.chosen, "/chosen"), (.processors, "/cpus"), (.processorStart, "/psci"),
      (.controller, "the interrupt controller"),
    ]
    for (origin, name) in always where !present.contains(origin) {
      faults.append(TreeFault(path: name, property: "", message: "is not in the tree"))
    }
    if board.board.timer != nil, !present.contains(.timer) {
      faults.append(TreeFault(path: "/timer", property: "", message: "is not in the tree"))
    }
    if let name = WatchdogNode.name(record), !present.contains(.watchdog) {
      faults.append(TreeFault(path: name, property: "", message: "is not in the tree"))
    }
    if record.pmuINTID != 0, !present.contains(.performanceMonitor) {
      faults.append(TreeFault(path: "/pmu", property: "", message: "is not in the tree"))
    }
    if let name = FunctionNodes.busName(record), !present.contains(.functionBus) {
      faults.append(TreeFault(path: name, property: "", message: "is not in the tree"))
    }
    if record.consoleBase != 0, !present.isSuperset(of: [.console, .consoleClock]) {
      faults.append(TreeFault(path: ConsoleNode.name(record), property: "", message: "is not in the tree"))
    }
  }
}
