import DeviceTree

/// Fixed clocks and regulators that stand in for those of controllers that the domain does not drive.
struct ProviderStubs {
  private struct ClockKey: Hashable {
    let provider: String
    let number: UInt32
  }

  /// A node to be, without its final name.
  private struct Stub {
    let name: String
    let node: TreeNode
  }

  private let tree: DeviceTree
  private let rates: ClockRates
  private var clocks: [ClockKey: UInt32] = [:]
  private var regulators: [String: UInt32] = [:]
  private var stubs: [Stub] = []

  /// None yet.
  init(_ tree: DeviceTree, rates: ClockRates) {
    self.tree = tree
    self.rates = rates
  }

  /// Whether a reference can be met by a stub.
  func canMeet(_ reference: Reference) -> Bool {
    switch reference.kind {
    case .clock: reference.property == "clocks" && rates.rate(of: reference) != nil
    case .regulator: regulator(reference) != nil
    default: false
    }
  }

  /// The phandle of the stub that stands in for the target of a reference; `nil` without one.
  func phandle(for reference: Reference) -> UInt32? {
    switch reference.kind {
    case .clock where reference.property == "clocks":
      ClockRates.number(of: reference).flatMap { clocks[ClockKey(provider: reference.target, number: $0)] }
    case .regulator: regulators[reference.target]
    default: nil
    }
  }

  /// Makes the stub that a reference needs, unless it is there.
  mutating func add(for reference: Reference, phandles: inout PhandleAllocator) {
    guard phandle(for: reference) == nil else { return }
    switch reference.kind {
    case .clock where reference.property == "clocks": addClock(reference, &phandles)
    case .regulator: addRegulator(reference, &phandles)
    default: break
    }
  }

  private mutating func addClock(_ reference: Reference, _ phandles: inout PhandleAllocator) {
    guard let number = ClockRates.number(of: reference), let rate = rates.rate(of: reference),
      let provider = tree.node(at: reference.target)
    else { return }
    let phandle = phandles.next()
    var node = TreeNode("")
    node.set("compatible", "fixed-clock")
    node.set("#clock-cells", cells: [0])
    node.set("clock-frequency", cells: [rate])
    node.set(phandle: phandle)
    let base = provider.baseName.hasPrefix("clock") ? String(provider.baseName) : "clock-\(provider.baseName)"
    let cells = reference.specifier.map { "-\($0)" }.joined()
    stubs.append(Stub(name: base.prefix(31 - min(cells.count, 12)) + cells, node: node))
    clocks[ClockKey(provider: reference.target, number: number)] = phandle
  }

  private mutating func addRegulator(_ reference: Reference, _ phandles: inout PhandleAllocator) {
    guard let source = regulator(reference) else { return }
    let phandle = phandles.next()
    var node = TreeNode("")
    node.set("compatible", "regulator-fixed")
    node.set(
      source.property("regulator-name") ?? Property(name: "regulator-name", value: Array(source.name.utf8) + [0]))
    if let lowest = source.property("regulator-min-microvolt"),
      let highest = source.property("regulator-max-microvolt"),
      lowest.value == highest.value
    {
      node.set(lowest)
      node.set(highest)
    }
    node.set(flag: "regulator-always-on")
    node.set(phandle: phandle)
    let base = source.baseName.lowercased()
    stubs.append(Stub(name: String((base.hasPrefix("regulator") ? base : "regulator-\(base)").prefix(31)), node: node))
    regulators[reference.target] = phandle
  }

  /// The regulator that a reference leads to, if its tree says that it is on before any driver comes: only then is a
  /// regulator that is always on the truth.
  private func regulator(_ reference: Reference) -> Node? {
    guard let node = tree.node(at: reference.target), tree.isEnabled(node),
      node.has("regulator-always-on") || node.has("regulator-boot-on")
    else { return nil }
    return node
  }

  /// The nodes for the root, in the order of their first use.
  func nodes(_ names: inout NodeNames) -> [TreeNode] {
    stubs.map { stub in
      var node = stub.node
      node.name = names.unique(stub.name)
      return node
    }
  }
}
