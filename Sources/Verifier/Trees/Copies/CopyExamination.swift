import DeviceTree

/// Holds every property of the copied nodes of a tree against the board's.
///
/// A property is the board's, byte for byte, or it differs for a reason: addresses and interrupts that are written for
/// the domain's buses and its interrupt controller, references whose targets the domain does not have, what `set:` of
/// the manifest says. `Omission` says why a property may be gone.
struct CopyExamination {
  let match: TreeMatch
  let record: DomainReading
  var faults: [TreeFault] = []
  /// How many properties were looked at.
  private(set) var examined = 0
  /// What each stand-in stands for, and the other way round.
  var standIns: [Int: StandInKey] = [:]
  var standInNodes: [StandInKey: Int] = [:]
  /// Indices of the domain's nodes that an explained reference leads to.
  var referred: Set<Int> = []

  /// The clock or supply of the board that a node stands in for.
  struct StandInKey: Hashable {
    let target: Int
    let clock: UInt32?
  }

  /// Looks at every copied node.
  init(_ match: TreeMatch, _ record: DomainReading) {
    self.match = match
    self.record = record
    for node in match.tree.nodes {
      switch match.origins[node.index] {
      case .device, .provider, .firmware:
        if let source = match.source(of: node) { examine(node, source) }
      default: break
      }
    }
    for node in match.tree.nodes { lookForUse(of: node) }
  }

  mutating func fault(_ node: Node, _ property: String, _ words: String) {
    faults.append(TreeFault(path: node.path, property: property, message: words))
  }

  /// A provider, a stand-in or a node of firmware that nothing leads to has no reason to be there.
  private mutating func lookForUse(of node: Node) {
    switch match.origins[node.index] {
    case .standIn:
      if !referred.contains(node.index) { fault(node, "", "is a provider that no node of the domain refers to") }
    case .provider:
      if !referred.contains(node.index), !isAskedFor(match.sources[node.index]) {
        fault(node, "", "is a provider that no node of the domain refers to")
      }
    case .firmware:
      let isBelow = match.tree.chain(from: node).contains { referred.contains($0.index) }
      if !isBelow, !match.tree.subtree(of: node).contains(where: { referred.contains($0.index) }) {
        fault(node, "", "is a node of firmware that no node of the domain refers to")
      }
    default: break
    }
  }

  /// Whether the domain's nodes lead to a provider in the board's tree, if only through providers that did not come
  /// along or by references that are gone with others of their list.
  private func isAskedFor(_ provider: Int) -> Bool {
    var seen: Set<Int> = [provider]
    var open = [provider]
    while let target = open.popLast() {
      for user in match.board.sources where user.lists.values.contains(where: { $0.contains { $0.target == target } }) {
        if match.twin(of: user.node.index) != nil, match.origins[match.twins[user.node.index]] != .provider {
          return true
        }
        if ProviderNode.isSelfContained(user.node), seen.insert(user.node.index).inserted {
          open.append(user.node.index)
        }
      }
    }
    return false
  }

  // MARK: One node

  private mutating func examine(_ node: Node, _ source: SourceNode) {
    let copy = CopiedNode(node, source, match)
    let overrides = match.domain.overrides[source.node.index] ?? []
    let interrupts = InterruptForm(source, match, record)
    examined += node.properties.count
    for property in overrides where node.property(property.name)?.value != property.value {
      fault(node, property.name, "is not what set: of the manifest says, \(PropertyWords.words(property))")
    }
    var lists: Set<String> = []
    for property in node.properties where !overrides.contains(where: { $0.name == property.name }) {
      if interrupts.covers(property.name) { continue }
      if source.lists[property.name] != nil {
        lists.insert(property.name)
      } else if let words = copy.difference(property) {
        fault(node, property.name, words)
      }
    }
    for difference in interrupts.differences(of: node, overrides: overrides) {
      fault(node, difference.name, difference.words)
    }
    for name in lists.sorted() { compareList(name, node, source) }
    for property in source.node.properties
    where !node.has(property.name) && !interrupts.covers(property.name) && !lists.contains(property.name) {
      if let words = missing(property.name, node, source, copy) { fault(node, property.name, words) }
    }
    copy.inheritedFlags(missingIn: node).forEach { fault(node, $0, "of a bus above it is missing") }
  }

  /// Why a property of the board's should be there; `nil` if it may be gone.
  private func missing(_ name: String, _ node: Node, _ source: SourceNode, _ copy: CopiedNode) -> String? {
    if Omission.reason(for: name, source, copy, mayBeLeft: { mayBeLeft($0) }) != nil { return nil }
    return
      "is missing, and nothing says why: the board has \(source.node.property(name).map(PropertyWords.words) ?? "it")"
  }
}
