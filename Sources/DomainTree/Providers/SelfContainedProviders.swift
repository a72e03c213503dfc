import DeviceTree

/// Providers without registers of their own, which every domain can have a copy of: fixed clocks, fixed factors of
/// clocks that the domain knows, and fixed regulators that no line switches, or only a line that the domain drives.
struct SelfContainedProviders {
  private static let compatible: Set<String> = ["fixed-clock", "fixed-factor-clock", "regulator-fixed"]

  private let tree: DeviceTree
  private var members: [Int: Node] = [:]

  /// None yet.
  init(_ tree: DeviceTree) { self.tree = tree }

  /// Takes the target of a reference, if it is such a provider; whether it is a new one.
  mutating func add(_ target: Node) -> Bool {
    guard members[target.index] == nil, target.isStatusOkay, target.children.isEmpty,
      target.compatible.contains(where: Self.compatible.contains)
    else { return false }
    members[target.index] = target
    return true
  }

  /// Takes out what leans on something that the domain does not have, what leans on that, and so on.
  mutating func prune(_ isMet: (SelfContainedProviders, Reference) -> Bool) {
    var refused: [Node]
    repeat {
      refused = members.values.filter { node in
        let references = tree.references(of: node)
        return !references.faults.isEmpty || !references.entries.allSatisfy { isMet(self, $0) }
      }
      for node in refused { members[node.index] = nil }
    } while !refused.isEmpty
  }

  /// Whether a node comes along.
  func contains(_ node: Node) -> Bool { members[node.index] != nil }

  /// All of them in tree order.
  var all: [Node] { members.values.sorted { $0.index < $1.index } }
}
