import Diagnostics

/// A flattened device tree, read once through libfdt into values.
///
/// Nodes are kept in tree order (a parent before its children). The text form of a tree is never involved.
public struct DeviceTree: Sendable {
  /// The blob that was read, for hashing and for copying out unchanged.
  public let blob: [UInt8]
  /// Every node in tree order; the root is at 0.
  public let nodes: [Node]
  /// `/memreserve/` entries as (address, size) in bytes.
  public let memoryReservations: [(address: UInt64, size: UInt64)]
  /// The root node.
  public let root: Node
  /// Two nodes of one path, two nodes of one phandle, phandles that are no phandle: what makes a tree ambiguous
  /// before any property is interpreted.
  public let faults: [TreeFault]
  /// Labels that the tree was compiled with (`dtc -@`): label to path, from `/__symbols__`.
  public let labels: [String: String]
  /// `/aliases`: alias to path.
  public let aliases: [String: String]

  /// The first enabled node that is a GIC by its `compatible`: where every interrupt of a CPU arrives.
  public let gic: Node?

  /// The architecture version of that GIC, 2 or 3.
  public var gicVersion: Int? { gic.flatMap { ControllerModel.gicVersion(of: $0.compatible) } }

  /// Every node as the bus that it is to its children, in the order of `nodes`.
  let buses: [Bus]
  private let indexByPath: [String: Int]
  private let indexByPhandle: [UInt32: Int]

  /// Reads a blob of at most 16 MiB. Bytes after the tree's own end are kept in `blob` and otherwise ignored.
  ///
  /// - Throws: `DeviceTreeError` if the blob is no tree, truncated, damaged, or larger than any real tree by far.
  public init(blob: [UInt8]) throws(DeviceTreeError) {
    let contents = try BlobReader.read(blob).get()
    guard let root = contents.nodes.first else { throw .corrupt("it has no root node") }
    var index = TreeIndex()
    for node in contents.nodes { index.add(node, in: contents.nodes) }
    self.blob = blob
    self.nodes = contents.nodes
    self.memoryReservations = contents.reservations
    self.root = root
    self.faults = index.faults
    self.indexByPath = index.byPath
    self.indexByPhandle = index.byPhandle
    self.buses = Self.buses(contents.nodes)
    self.gic = contents.nodes.first { node in
      ControllerModel.gicVersion(of: node.compatible) != nil && Self.isEnabled(node, in: contents.nodes)
    }
    self.labels = Self.names(in: "/__symbols__", nodes: contents.nodes, index: index)
    self.aliases = Self.names(in: "/aliases", nodes: contents.nodes, index: index)
  }

  private static func buses(_ nodes: [Node]) -> [Bus] {
    var buses: [Bus] = []
    buses.reserveCapacity(nodes.count)
    for node in nodes { buses.append(Bus(node, parent: node.parent.map { buses[$0] })) }
    return buses
  }

  private static func names(in path: String, nodes: [Node], index: TreeIndex) -> [String: String] {
    guard let found = index.byPath[path] else { return [:] }
    var names: [String: String] = [:]
    for property in nodes[found].properties {
      if let target = property.string { names[property.name] = target }
    }
    return names
  }

  /// The node at a full path, or `nil`.
  public func node(at path: String) -> Node? {
    indexByPath[path].map { nodes[$0] }
  }

  /// The node with this phandle, or `nil`; of two with the same one (a fault), the first.
  public func node(phandle: UInt32) -> Node? {
    indexByPhandle[phandle].map { nodes[$0] }
  }

  /// Index of the node with this phandle.
  func indexOfNode(phandle: UInt32) -> Int? { indexByPhandle[phandle] }

  /// The node that a person's reference means: a full path, a label, or an alias, the latter two with a path below
  /// them if wanted (`serial0`, `pcie0/pcie@0,0`).
  public func resolve(_ reference: String) -> Node? {
    if reference.hasPrefix("/") { return node(at: reference) }
    let name = reference.prefix { $0 != "/" }
    guard let start = labels[String(name)] ?? aliases[String(name)] else { return nil }
    return node(at: start + reference.dropFirst(name.count))
  }

  /// The parent; `nil` for the root.
  public func parent(of node: Node) -> Node? {
    node.parent.map { nodes[$0] }
  }

  /// The children in tree order.
  public func children(of node: Node) -> [Node] {
    node.children.map { nodes[$0] }
  }

  /// The node and everything above it, the root last.
  public func chain(from node: Node) -> [Node] {
    var chain = [node]
    while let above = chain.last?.parent { chain.append(nodes[above]) }
    return chain
  }

  /// The node and everything below it, in tree order.
  public func subtree(of node: Node) -> [Node] { Array(nodes[node.index..<endOfSubtree(of: node)]) }

  /// Position in `nodes` behind the last node at or below `node`; whatever stands below it is in one piece behind it.
  public func endOfSubtree(of node: Node) -> Int {
    var next = node.index + 1
    while next < nodes.count, nodes[next].parent.map({ $0 >= node.index }) ?? false { next += 1 }
    return next
  }

  /// Whether the node and every ancestor are without a `status` that says otherwise (“okay”, or the older “ok”).
  public func isEnabled(_ node: Node) -> Bool { Self.isEnabled(node, in: nodes) }

  private static func isEnabled(_ node: Node, in nodes: [Node]) -> Bool {
    var next: Node? = node
    while let current = next {
      guard current.isStatusOkay else { return false }
      next = current.parent.map { nodes[$0] }
    }
    return true
  }
}
