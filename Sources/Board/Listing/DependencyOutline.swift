import DeviceTree

/// A closure as an indented tree: below every node what it needs, each reference with its reason.
struct DependencyOutline {
  /// References from one node to another through one property.
  private struct Entry {
    let dependency: Dependency
    var specifiers: [[UInt32]]
  }

  private let board: Board
  private let start: String
  /// By the node that refers, in the order of the closure.
  private var entries: [String: [Entry]] = [:]
  /// Nodes that something refers to; of the others that refer, those above a node hand on to it what they need.
  private var targets: Set<String> = []
  private var printed: Set<String> = []
  /// Nodes whose own needs were shown.
  private var explained: Set<String> = []
  private(set) var lines: [String] = []

  init(_ closure: DependencyClosure, on board: Board) {
    self.board = board
    start = closure.path
    for edge in closure.edges {
      targets.insert(edge.to)
      var known = entries[edge.from] ?? []
      if let last = known.lastIndex(where: { $0.dependency.to == edge.to && $0.dependency.property == edge.property }) {
        if !known[last].specifiers.contains(edge.specifier) { known[last].specifiers.append(edge.specifier) }
      } else {
        known.append(Entry(dependency: edge, specifiers: [edge.specifier]))
      }
      entries[edge.from] = known
    }
    guard let node = board.tree.node(at: start) else { return }
    for part in board.tree.subtree(of: node) { add(needsOf: part.path, depth: 1) }
    addInherited(by: node, depth: 1)
  }

  /// What a node itself refers to. Explored with a stack of its own: a hostile tree may have long chains.
  private mutating func add(needsOf path: String, depth: Int) {
    var stack = (entries[path] ?? []).reversed().map { (entry: $0, depth: depth) }
    entries[path] = nil
    while let (entry, depth) = stack.popLast() {
      let target = entry.dependency.to
      let isKnown = !printed.insert(target).inserted
      let further = entries.removeValue(forKey: target) ?? []
      lines.append(line(entry, depth: depth, isKnown: isKnown && explained.contains(target)))
      if !further.isEmpty { explained.insert(target) }
      stack += further.reversed().map { (entry: $0, depth: depth + 1) }
      if !isKnown, let node = board.tree.node(at: target) { stack += inherited(by: node, depth: depth + 1) }
    }
  }

  private mutating func addInherited(by node: Node, depth: Int) {
    for (entry, depth) in inherited(by: node, depth: depth).reversed() {
      entries[entry.dependency.from, default: []].append(entry)
      add(needsOf: entry.dependency.from, depth: depth)
    }
  }

  /// What the mere buses above a node need, the last first.
  private mutating func inherited(by node: Node, depth: Int) -> [(entry: Entry, depth: Int)] {
    var found: [(entry: Entry, depth: Int)] = []
    for above in board.tree.chain(from: node).dropFirst() where !targets.contains(above.path) {
      found += (entries.removeValue(forKey: above.path) ?? []).map { (entry: $0, depth: depth) }
    }
    return found.reversed()
  }

  private func line(_ entry: Entry, depth: Int, isKnown: Bool) -> String {
    let dependency = entry.dependency
    // What nothing refers to is a part of the device, or a bus above the node under which the line stands.
    let from = dependency.from == start || targets.contains(dependency.from) ? "" : " of \(dependency.from)"
    let specifiers = entry.specifiers.map(Self.cells).joined()
    let isDisabled = board.tree.node(at: dependency.to).map { !board.tree.isEnabled($0) } ?? false
    let state = isDisabled ? ", disabled" : ""
    let known = isKnown ? "  (see above)" : ""
    return String(repeating: "  ", count: depth) + "\(dependency.property)\(from): \(dependency.to)\(specifiers)"
      + "  [\(dependency.kind.rawValue); \(words(dependency))\(state)]\(known)"
  }

  private func words(_ dependency: Dependency) -> String {
    if let node = board.tree.node(at: dependency.to), let line = ExclusiveClaim.Line(dependency, target: node) {
      return line.cells.isEmpty ? dependency.role.words : "\(dependency.role.words), its \(line.kind.words) exclusive"
    }
    return dependency.role.words
  }

  private static func cells(_ specifier: [UInt32]) -> String {
    specifier.isEmpty
      ? "" : " <" + specifier.map { $0 < 0x1_0000 ? "\($0)" : UInt64($0).hexadecimal }.joined(separator: " ") + ">"
  }
}

extension Dependency.Role {
  /// The role in the words of the listing.
  var words: String {
    switch self {
    case .copied: "copied"
    case .hypervisor: "hypervisor"
    case .firmware: "firmware, needs a policy"
    case .provider: "needs a policy"
    case .exclusive: "exclusive"
    case .description: "description"
    }
  }
}
