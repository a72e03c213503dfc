import Board
import DeviceTree
import Diagnostics
import Partition

/// Which nodes of the board's tree a domain's tree has, one way or another.
struct CopyScope {
  /// Assigned nodes without an assigned ancestor, in the manifest's order.
  let tops: [Node]
  /// What comes along because copied nodes refer to it.
  let providers: SelfContainedProviders

  private let tree: DeviceTree
  private let domain: DomainPlan
  /// For each node of the board's tree, whether it is copied.
  private let isCopied: [Bool]
  private let assignments: [String: DeviceAssignment]
  /// Paths of nodes that our own nodes stand for: the domain's CPUs and granted reserved memory.
  private let represented: Set<String>

  /// Walks the board's tree once.
  init(_ domain: DomainPlan, _ board: Board) {
    let tree = board.tree
    let assignments = Dictionary(domain.devices.map { ($0.device.path, $0) }, uniquingKeysWith: { first, _ in first })
    let devices = Set(board.devices.map(\.path))
    var isCopied = [Bool](repeating: false, count: tree.nodes.count)
    for node in tree.nodes {
      let isAssigned = assignments[node.path] != nil
      let isBelow = node.parent.map { isCopied[$0] } ?? false
      isCopied[node.index] = isAssigned || (isBelow && !devices.contains(node.path))
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
    providers = SelfContainedProviders(tree, copied: tree.nodes.filter { isCopied[$0.index] })
  }

  /// Whether a node is copied with or as an assigned device.
  func contains(_ node: Node) -> Bool { isCopied[node.index] }

  /// Whether a reference to this path leads somewhere in the domain's tree.
  func resolves(_ path: String) -> Bool {
    guard let node = tree.node(at: path) else { return false }
    return isCopied[node.index] || represented.contains(path) || providers.contains(path)
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
