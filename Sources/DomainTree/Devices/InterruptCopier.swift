import DeviceTree
import Diagnostics
import Partition

/// Writes a copied node's interrupts for the domain's GIC.
struct InterruptCopier {
  /// The board's tree.
  let tree: DeviceTree
  /// What is copied.
  let scope: CopyScope
  /// Phandle of the domain's GIC.
  let gic: UInt32
  private var lost: [String] = []

  /// Prepares for one node.
  init(tree: DeviceTree, scope: CopyScope, gic: UInt32) {
    self.tree = tree
    self.scope = scope
    self.gic = gic
  }

  /// Rewrites `interrupts`, `interrupts-extended`, `interrupt-parent` and `interrupt-map`.
  mutating func rewrite(_ node: inout TreeNode, _ source: Node) {
    if let parent = source.property("interrupt-parent")?.cell, !resolves(parent) { node.remove("interrupt-parent") }
    if source.has("interrupts") || source.has("interrupts-extended") { rewriteList(&node, source) }
    if source.has("interrupt-map") { rewriteMap(&node, source) }
  }

  /// A note on interrupts that cannot be delivered, or `nil`.
  func finding(_ source: Node, _ domain: DomainPlan) -> Finding? {
    guard !lost.isEmpty else { return nil }
    return Finding(
      DomainTreeRules.interrupt, .note,
      "\(source.path) comes to domain \(domain.name) without \(lost.joined(separator: ", ")): no way from there to the "
        + "domain's GIC", subjects: [source.path], resource: ResourceReference(.interrupt, nil),
      domains: [domain.name], spans: [scope.span(of: source)])
  }

  private func resolves(_ phandle: UInt32) -> Bool {
    tree.node(phandle: phandle).map { scope.resolves($0.path) } ?? false
  }

  /// The domain's own controller at a path of the board's tree. A nexus is none: what its map says is looked up now.
  private func controller(at path: String) -> Node? {
    guard scope.resolves(path), let node = tree.node(at: path), !node.has("interrupt-map") else { return nil }
    return node
  }

  private mutating func rewriteList(_ node: inout TreeNode, _ source: Node) {
    let entries = tree.interrupts(of: source).entries
    // All of its controllers are the domain's: nothing changes, but that the parent may have been an ancestor's to name.
    if !entries.isEmpty, entries.allSatisfy({ controller(at: $0.parent) != nil }) {
      let parent = entries.first.flatMap { controller(at: $0.parent)?.phandle }
      if source.has("interrupts"), let parent { node.set("interrupt-parent", cells: [parent]) }
      return
    }
    var kept: [(index: Int, cells: [UInt32], isGIC: Bool)] = []
    for entry in entries {
      if let phandle = controller(at: entry.parent)?.phandle {
        kept.append((entry.index, [phandle] + entry.specifier, false))
      } else if case .gic(let interrupt) = entry.end {
        kept.append((entry.index, GICInterrupt(interrupt).cells, true))
      } else {
        lost.append("interrupt \(entry.index)")
      }
    }
    for name in ["interrupts", "interrupts-extended", "interrupt-parent"] { node.remove(name) }
    write(kept, to: &node)
    rename(kept.map(\.index), of: entries.count, in: &node)
  }

  private func write(_ kept: [(index: Int, cells: [UInt32], isGIC: Bool)], to node: inout TreeNode) {
    guard !kept.isEmpty else { return }
    if kept.allSatisfy(\.isGIC) {
      node.set("interrupt-parent", cells: [gic])
      node.set("interrupts", cells: kept.flatMap(\.cells))
    } else {
      node.set("interrupts-extended", cells: kept.flatMap { $0.isGIC ? [gic] + $0.cells : $0.cells })
    }
  }

  /// `interrupt-names` follows the list, or goes where it does not fit it.
  private func rename(_ kept: [Int], of count: Int, in node: inout TreeNode) {
    guard let names = node.property("interrupt-names"), kept.count < count else { return }
    guard let texts = names.strings, texts.count == count, !kept.isEmpty else { return node.remove("interrupt-names") }
    node.set("interrupt-names", strings: kept.map { texts[$0] })
  }

  private mutating func rewriteMap(_ node: inout TreeNode, _ source: Node) {
    guard let map = InterruptMap(source, tree) else { return }
    guard let cells = map.rewritten(resolves: scope.resolves, owns: scope.owns, gic: gic) else {
      node.remove("interrupt-map")
      node.remove("interrupt-map-mask")
      lost.append("interrupt-map")
      return
    }
    node.set("interrupt-map", cells: cells)
  }
}
