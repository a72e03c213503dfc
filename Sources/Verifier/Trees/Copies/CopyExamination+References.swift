import DeviceTree

/// References of copied nodes: each leads to the counterpart of the node that the board's leads to, to a node that
/// stands in for it, or is gone because the domain has neither.
extension CopyExamination {
  /// Lists in which a reference's place means nothing.
  private static let unordered: Set<String> = [
    "iommus", "iommu-map", "msi-map", "gpio-ranges", "cooling-device", "trigger-sources", "power-supplies",
  ]

  /// Whether a reference may be left out: the domain has neither its target nor anything that could stand in for it.
  func mayBeLeft(_ reference: BoardReference) -> Bool {
    if match.twin(of: reference.target) != nil { return false }
    let board = match.board
    let target = board.tree.nodes[reference.target]
    let domain = match.domain.declaration.name.value
    if board.policies.isServedByFirmware(
      target.index, domain: domain, isInterface: board.isFirmware(target.index)), board.tree.isEnabled(target)
    {
      return reference.kind == .graph
    }
    if ProviderNode.isSelfContained(target), board.sources[target.index].lists.isEmpty,
      board.sources[target.index].malformed.isEmpty
    {
      return reference.kind == .graph
    }
    switch reference.kind {
    case .regulator: return !StandInNode.canStandIn(for: target, board)
    case .clock where reference.property == "clocks":
      return reference.clockNumber.flatMap { board.policies.rate(of: target.index, clock: $0) } == nil
    default: return true
    }
  }

  /// Compares one list of references.
  mutating func compareList(_ name: String, _ node: Node, _ source: SourceNode) {
    guard let list = source.lists[name], let property = node.property(name) else { return }
    if source.malformed.contains(name) {
      return fault(node, name, "has references that cannot be read in the board's tree")
    }
    let twins = list.map { match.twin(of: $0.target) }
    if property.value == source.node.property(name)?.value, !twins.contains(where: { $0 == nil }) {
      for twin in twins { if let twin { referred.insert(twin.index) } }
      if name == "assigned-clocks" { checkRates(list, node, source) }
      return checkNames(name, kept: nil, node, source)
    }
    if name.hasPrefix("assigned-clock") { return compareSettings(name, node, source) }
    if Omission.isAllOrNothing(name), twins.contains(where: { $0 == nil }) {
      return fault(node, name, "has references to what the domain does not have, and makes no sense without them")
    }
    guard let cells = property.cells else { return fault(node, name, "is no list of cells") }
    var reader = ReferenceReader(cells)
    let kept = keptByName(name, list, node, source)
    checkNames(name, kept: kept, node, source)
    if let kept {
      compareNamed(list, kept, node, name, &reader)
    } else if Self.unordered.contains(name) {
      compareUnordered(list, node, name, &reader)
    } else {
      comparePlaces(list, node, name, &reader)
    }
    if !reader.isAtEnd { fault(node, name, "has more cells than the board's references explain") }
  }

  // MARK: Three kinds of lists

  private mutating func compareNamed(
    _ list: [BoardReference], _ kept: [Int], _ node: Node, _ name: String, _ reader: inout ReferenceReader
  ) {
    for reference in list {
      if kept.contains(reference.index) {
        take(reference, node, name, &reader)
      } else if !mayBeLeft(reference) {
        fault(node, name, "lacks the reference to \(match.board.tree.nodes[reference.target].path)")
      }
    }
    if kept.isEmpty { fault(node, name, "is empty") }
  }

  private mutating func compareUnordered(
    _ list: [BoardReference], _ node: Node, _ name: String, _ reader: inout ReferenceReader
  ) {
    for reference in list where !mayBeLeft(reference) || leadsToStandIn(reader) { take(reference, node, name, &reader) }
  }

  private mutating func comparePlaces(
    _ list: [BoardReference], _ node: Node, _ name: String, _ reader: inout ReferenceReader
  ) {
    var isHoleLast = false
    for index in 0...(list.last?.index ?? 0) {
      let reference = list.first { $0.index == index }
      if reader.isAtEnd {
        if let reference, !mayBeLeft(reference) {
          fault(node, name, "lacks the reference to \(match.board.tree.nodes[reference.target].path)")
        }
      } else if reader.takeHole() {
        isHoleLast = true
        if let reference, !mayBeLeft(reference) { fault(node, name, "has no reference in place \(index)") }
      } else if let reference {
        isHoleLast = false
        take(reference, node, name, &reader)
      } else {
        return fault(node, name, "has a reference in place \(index), where the board has none")
      }
    }
    if isHoleLast, reader.isAtEnd { fault(node, name, "ends with an empty place") }
  }

  /// The places of the references that the domain's list still names; `nil` for a list without names that fit it. Where
  /// two references have one name, those that the domain has to have count.
  private func keptByName(
    _ name: String, _ list: [BoardReference], _ node: Node, _ source: SourceNode
  ) -> [Int]? {
    guard let companion = Companions.names(of: name), let texts = source.node.property(companion)?.strings,
      texts.count == (list.last?.index ?? -1) + 1, let own = node.property(companion)?.strings
    else { return nil }
    let needed = list.filter { !mayBeLeft($0) }.map(\.index)
    if needed.map({ texts[$0] }) == own { return needed }
    var kept: [Int] = []
    var next = own[...]
    for (index, text) in texts.enumerated() where next.first == text {
      kept.append(index)
      next = next.dropFirst()
    }
    return next.isEmpty ? kept : []
  }

  /// Names stay with their references.
  private mutating func checkNames(_ name: String, kept: [Int]?, _ node: Node, _ source: SourceNode) {
    guard let companion = Companions.names(of: name), let board = source.node.property(companion) else { return }
    guard let own = node.property(companion) else { return fault(node, companion, "is missing, and its list is there") }
    if own.value == board.value { return }
    let texts = board.strings ?? []
    let wanted = kept.map { $0.compactMap { texts.indices.contains($0) ? texts[$0] : nil } }
    if wanted == nil || own.strings != wanted { fault(node, companion, "does not name the references that are left") }
  }

  // MARK: One reference

  private func leadsToStandIn(_ reader: ReferenceReader) -> Bool {
    reader.next.flatMap { match.tree.node(phandle: $0) }.map { match.origins[$0.index] == .standIn } ?? false
  }

  private mutating func take(
    _ reference: BoardReference, _ node: Node, _ name: String, _ reader: inout ReferenceReader
  ) {
    let target = match.board.tree.nodes[reference.target]
    if let twin = match.twin(of: reference.target) {
      referred.insert(twin.index)
      if !reader.take(reference.cells) || twin.phandle != reference.phandle {
        fault(node, name, "does not lead to \(twin.path) with the board's cells")
        reader.end()
      }
      return
    }
    guard let phandle = reader.next, let standIn = match.tree.node(phandle: phandle),
      match.origins[standIn.index] == .standIn, let key = key(for: reference, standIn)
    else {
      fault(node, name, "does not lead to \(target.path) or a node that stands in for it")
      return reader.end()
    }
    _ = reader.take([phandle])
    referred.insert(standIn.index)
    let isNew = standIns[standIn.index] == nil && standInNodes[key] == nil
    guard isNew || standIns[standIn.index] == key else {
      return fault(node, name, "leads to \(standIn.path), which stands in for something else")
    }
    guard isNew else { return }
    standIns[standIn.index] = key
    standInNodes[key] = standIn.index
    faults +=
      reference.kind == .clock
      ? StandInNode.clockFaults(standIn, reference, match.board)
      : StandInNode.regulatorFaults(standIn, target, match.board)
  }

  private func key(for reference: BoardReference, _ standIn: Node) -> StandInKey? {
    let target = match.board.tree.nodes[reference.target]
    switch (reference.kind, StandInNode.kind(of: standIn)) {
    case (.clock, .clock) where reference.property == "clocks":
      return StandInKey(target: reference.target, clock: reference.clockNumber)
    case (.regulator, .regulator) where StandInNode.canStandIn(for: target, match.board):
      return StandInKey(target: reference.target, clock: nil)
    default: return nil
    }
  }

  // MARK: Clock settings

  /// `assigned-clocks` with its parents and rates, three lists in step: of clocks and parents that the domain drives.
  private mutating func compareSettings(_ name: String, _ node: Node, _ source: SourceNode) {
    let parents = source.lists["assigned-clock-parents"] ?? []
    let kept = (source.lists["assigned-clocks"] ?? []).filter { clock in
      let parent = parents.first { $0.index == clock.index }
      return match.twin(of: clock.target) != nil && parent.map { match.twin(of: $0.target) != nil } ?? true
    }
    let wanted: [UInt32] =
      name == "assigned-clocks"
      ? kept.flatMap(\.cells)
      : kept.flatMap { clock in parents.first { $0.index == clock.index }?.cells ?? [0] }
    if node.property(name)?.cells != wanted || wanted.isEmpty {
      fault(node, name, "does not set the clocks that the domain drives as the board does")
    }
    for clock in kept { match.twin(of: clock.target).map { _ = referred.insert($0.index) } }
    if name == "assigned-clocks" { checkRates(kept, node, source) }
  }

  /// The rates of the clocks that are left: 0 for none, and no list where none has any.
  private mutating func checkRates(_ kept: [BoardReference], _ node: Node, _ source: SourceNode) {
    let stated = source.node.property("assigned-clock-rates")
    let rates = stated?.cells ?? []
    let left = kept.map { rates.indices.contains($0.index) ? rates[$0.index] : 0 }
    let isWhole = kept.count == source.lists["assigned-clocks"]?.count
    let wanted = isWhole ? stated?.value : left.contains { $0 != 0 } ? CellBytes.cells(left) : nil
    if node.property("assigned-clock-rates")?.value != wanted {
      fault(node, "assigned-clock-rates", "does not hold the board's rates of the clocks that are set")
    }
  }
}
