import DeviceTree

/// Providers without registers or state of their own, which every domain can have a copy of: fixed clocks, fixed
/// factors of such clocks, and fixed regulators that no line switches.
struct SelfContainedProviders {
  private static let compatible: Set<String> = ["fixed-clock", "fixed-factor-clock", "regulator-fixed"]
  /// More than this many steps from one provider to the next is no real tree.
  private static let chainLimit = 8

  private let found: [Node]
  private let paths: Set<String>

  /// Collects what the copied nodes refer to, and what that refers to, in tree order.
  init(_ tree: DeviceTree, copied: [Node]) {
    var candidates: [Int: Node] = [:]
    var level = copied
    for _ in 0..<Self.chainLimit {
      let targets = level.flatMap { tree.references(of: $0).entries.map(\.target) }
      level = targets.compactMap { tree.node(at: $0) }.filter { node in
        candidates[node.index] == nil && Self.isCandidate(node)
      }
      for node in level { candidates[node.index] = node }
    }
    // A candidate that leans on anything else is none, nor is one that leans on that one, and so on.
    var rejected: Bool
    repeat {
      let refused = candidates.values.filter { node in
        let references = tree.references(of: node)
        return !references.faults.isEmpty
          || references.entries.contains { candidates[tree.node(at: $0.target)?.index ?? -1] == nil }
      }
      for node in refused { candidates[node.index] = nil }
      rejected = !refused.isEmpty
    } while rejected
    found = candidates.values.sorted { $0.index < $1.index }
    paths = Set(found.map(\.path))
  }

  /// Whether the node at a path comes along.
  func contains(_ path: String) -> Bool { paths.contains(path) }

  /// Copies for the root, in tree order, without unit addresses.
  func nodes(_ names: inout NodeNames) -> [TreeNode] {
    found.map { source in
      var node = TreeNode(names.unique(String(source.baseName)))
      for property in source.properties where property.name != "reg" { node.set(property) }
      return node
    }
  }

  private static func isCandidate(_ node: Node) -> Bool {
    node.isStatusOkay && node.compatible.contains { compatible.contains($0) } && node.children.isEmpty
  }
}
