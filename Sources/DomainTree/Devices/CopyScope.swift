import Board
import DeviceTree
import Diagnostics
import Partition

/// Which nodes of the board's tree a domain's tree has, one way or another.
struct CopyScope {
  /// Assigned nodes without an assigned ancestor, in the manifest's order.
  let tops: [Node]
  /// What comes along because copied nodes refer to it.
  private(set) var providers: SelfContainedProviders
  /// Nodes of firmware that copied nodes refer to.
  private(set) var firmware: FirmwareNodes
  /// What stands in for providers that the domain does not drive.
  private(set) var stubs: ProviderStubs

  private let tree: DeviceTree
  private let domain: DomainPlan
  /// For each node of the board's tree, whether it is copied with or as an assigned device.
  private let isCopied: [Bool]
  private let assignments: [String: DeviceAssignment]
  /// Paths of nodes that our own nodes stand for: the domain's CPUs and granted reserved memory.
  private let represented: Set<String>

  /// More than this many steps from one provider to the next is no real tree.
  private static let chainLimit = 16

  /// Walks the board's tree once, then from copied nodes to what they refer to.
  init(
    _ domain: DomainPlan, _ board: Board, disabled: Set<String>,
    treatment: @escaping (String) -> ProviderTreatment?,
    phandles: inout PhandleAllocator
  ) {
    let tree = board.tree
    let assignments = Dictionary(domain.devices.map { ($0.device.path, $0) }, uniquingKeysWith: { first, _ in first })
    let devices = Set(board.devices.map(\.path))
    var isCopied = [Bool](repeating: false, count: tree.nodes.count)
    for node in tree.nodes {
      let isAssigned = assignments[node.path] != nil
      let isBelow = node.parent.map { isCopied[$0] } ?? false
      isCopied[node.index] = isAssigned || (isBelow && !devices.contains(node.path) && !disabled.contains(node.path))
    }
    tops = domain.devices.compactMap { tree.node(at: $0.device.path) }.filter { node in
      node.parent.map { !isCopied[$0] } ?? false
    }
    self.tree = tree
    self.domain = domain
    self.isCopied = isCopied
    self.assignments = assignments
    let granted = board.reservedMemory.filter { reserved in
      domain.reservedMemory.contains { reserved.range?.overlaps($0.physical) == true }
    }
    represented = Set(domain.cpus.map(\.path) + granted.map(\.path))
    providers = SelfContainedProviders(tree)
    firmware = FirmwareNodes(tree)
    stubs = ProviderStubs(tree, rates: ClockRates(tree, treatment: treatment))
    collect(treatment)
    let users = tree.nodes.filter { contains($0) || providers.contains($0) }
    for reference in users.flatMap({ tree.references(of: $0).entries }) where !resolves(reference.target) {
      stubs.add(for: reference, phandles: &phandles)
    }
  }

  /// Follows references to firmware and to self-contained providers.
  private mutating func collect(_ treatment: (String) -> ProviderTreatment?) {
    var level = tree.nodes.filter { isCopied[$0.index] }
    for _ in 0..<Self.chainLimit where !level.isEmpty {
      var next: [Node] = []
      for reference in level.flatMap({ tree.references(of: $0).entries }) where reference.kind != .graph {
        guard let target = tree.node(at: reference.target), !isCopied[target.index] else { continue }
        if case .firmware = treatment(reference.target), tree.isEnabled(target) {
          next += firmware.add(target, for: reference.kind)
        } else if providers.add(target) {
          next.append(target)
        }
      }
      level = next
    }
    let (fixed, stubs) = (self, stubs)
    providers.prune { providers, reference in
      guard let target = fixed.tree.node(at: reference.target) else { return false }
      return fixed.contains(target) || fixed.represented.contains(target.path) || providers.contains(target)
        || stubs.canMeet(reference)
    }
  }

  /// Whether a node is copied with or as an assigned device, or as a part of firmware.
  func contains(_ node: Node) -> Bool { isCopied[node.index] || firmware.contains(node) }

  /// Whether a reference to this path leads somewhere in the domain's tree.
  func resolves(_ path: String) -> Bool {
    guard let node = tree.node(at: path) else { return false }
    return contains(node) || represented.contains(path) || providers.contains(node)
  }

  /// The phandle of the node at a path.
  func phandle(of path: String) -> UInt32? { tree.node(at: path)?.phandle }

  /// What becomes of a reference of a copied node.
  func fate(of reference: Reference) -> ReferenceFate {
    if resolves(reference.target) { return .kept }
    return stubs.phandle(for: reference).map { .replaced(by: $0) } ?? .left
  }

  /// Whether an interrupt of the GIC belongs to a device of the domain.
  func owns(_ intid: UInt32) -> Bool {
    domain.devices.contains { $0.device.interrupts.contains { $0.intid == intid } }
  }

  /// What the plan says of a node, if it is assigned itself.
  func assignment(of node: Node) -> DeviceAssignment? { assignments[node.path] }

  /// Where the manifest names the node, or the assigned node that it is below.
  func span(of node: Node) -> SourceSpan? {
    let paths = tree.chain(from: node).map(\.path)
    let declaration = domain.declaration.devices.first { declaration in
      tree.resolve(declaration.path.value).map { paths.contains($0.path) } ?? false
    }
    return (declaration?.path.span) ?? domain.declaration.span
  }
}
