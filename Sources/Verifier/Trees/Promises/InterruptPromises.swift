import DeviceTree

/// The interrupts that a tree's devices wait for, held against the domain's record both ways.
struct InterruptPromises {
  private(set) var faults: [TreeFault] = []
  /// How many interrupts were looked at.
  private(set) var examined = 0

  /// Follows the interrupts of every device to the domain's interrupt controller.
  init(_ match: TreeMatch, _ record: DomainReading) {
    var resolver = InterruptResolver(match.tree)
    let owned = Set(record.interrupts)
    var promised: Set<UInt32> = []
    var edges: Set<UInt32> = []
    for node in match.tree.nodes {
      let origin = match.origins[node.index]
      guard origin == .device || origin == .firmware || origin == .provider else { continue }
      for interrupt in resolve(node, match.tree, &resolver) where interrupt.kind == .shared {
        examined += 1
        promised.insert(interrupt.intid)
        if interrupt.isEdge { edges.insert(interrupt.intid) }
        if !owned.contains(interrupt.intid) {
          fault(node, "waits for interrupt \(interrupt.intid), which the domain does not own")
        }
      }
    }
    compareTriggers(edges, record)
    for intid in record.interrupts where !promised.contains(intid) {
      let words = "has no device that waits for interrupt \(intid), which the domain owns"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
  }

  /// One line that several devices share is edge triggered as soon as one of them says so.
  private mutating func compareTriggers(_ edges: Set<UInt32>, _ record: DomainReading) {
    for intid in edges.symmetricDifference(record.edgeInterrupts).sorted() {
      let kind = edges.contains(intid) ? "edge" : "level"
      let words = "takes interrupt \(intid) for \(kind) triggered, and the domain's record does not"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
  }

  private mutating func fault(_ node: Node, _ words: String) {
    faults.append(TreeFault(path: node.path, property: "interrupts", message: words))
  }

  private mutating func resolve(
    _ node: Node, _ tree: DeviceTree, _ resolver: inout InterruptResolver
  ) -> [ResolvedInterrupt] {
    guard node.has("interrupts") || node.has("interrupts-extended") || node.has("interrupt-map") else { return [] }
    let found = resolver.interrupts(of: node)
    faults += found.faults
    return found.resolved + (tree.isPCIHost(node) ? resolver.mappedInterrupts(of: node) : [])
  }
}
