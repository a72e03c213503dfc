import DeviceTree

/// What the interrupt properties of a copied node have to be.
///
/// An interrupt that the board leads to its GIC is written for the domain's, whatever controllers the board has in
/// between, unless the domain has that controller itself. One that the board leads nowhere is gone, with its name.
struct InterruptForm {
  private static let names: Set<String> = [
    "interrupts", "interrupts-extended", "interrupt-parent", "interrupt-names", "interrupt-map", "interrupt-map-mask",
  ]

  private let isNeeded: Bool
  /// The properties that have to be there, by name.
  private var expected: [String: [UInt8]] = [:]

  /// Works out the properties of a node.
  init(_ source: SourceNode, _ match: TreeMatch, _ record: DomainReading) {
    let node = source.node
    isNeeded = Self.names.contains { node.has($0) }
    guard isNeeded else { return }
    for name in Self.names { expected[name] = node.property(name)?.value }
    if let parent = node.property("interrupt-parent")?.cell {
      let target = match.board.tree.node(phandle: parent)
      if target.flatMap({ match.twin(of: $0.index) }) == nil { expected["interrupt-parent"] = nil }
    }
    if source.hasInterrupts { writeList(source, match) }
    if node.has("interrupt-map") { writeMap(node, match, record) }
  }

  /// Whether a property of this name is looked at here.
  func covers(_ name: String) -> Bool { isNeeded && Self.names.contains(name) }

  /// Everything in which a node differs, but for what the manifest sets.
  func differences(of node: Node, overrides: [Property]) -> [(name: String, words: String)] {
    guard isNeeded else { return [] }
    var differences: [(name: String, words: String)] = []
    for name in Self.names.sorted() where !overrides.contains(where: { $0.name == name }) {
      switch (node.property(name), expected[name]) {
      case (nil, nil): break
      case (nil, let wanted?):
        differences.append((name, "is missing and should be \(Self.words(name, wanted))"))
      case (let property?, nil):
        differences.append((name, "is \(PropertyWords.words(property)), and nothing explains it"))
      case (let property?, let wanted?):
        if property.value == wanted { break }
        let words =
          "is \(PropertyWords.words(property)), and the board's interrupts ask for \(Self.words(name, wanted))"
        differences.append((name, words))
      }
    }
    return differences
  }

  private static func words(_ name: String, _ value: [UInt8]) -> String {
    PropertyWords.words(Property(name: name, value: value))
  }

  /// The domain's own controller in place of one of the board's; a nexus is none, as its map is looked up at once.
  private static func controller(_ path: String, _ match: TreeMatch) -> Node? {
    guard let node = match.board.tree.node(at: path), !node.has("interrupt-map"), match.twin(of: node.index) != nil
    else {
      return nil
    }
    return node
  }

  private mutating func writeList(_ source: SourceNode, _ match: TreeMatch) {
    let entries = source.interrupts.entries
    let controllers = entries.map { Self.controller($0.parent, match) }
    if let first = controllers.first, !controllers.contains(where: { $0 == nil }) {
      // A controller without a number is found because it stands above the node, here as on the board.
      let parent = first?.phandle
      if source.node.has("interrupts"), let parent { expected["interrupt-parent"] = CellBytes.cell(parent) }
      return
    }
    let own = controllers.map { $0?.phandle }
    var kept: [(index: Int, own: UInt32?, cells: [UInt32])] = []
    for (entry, controller) in zip(entries, own) {
      if let controller {
        kept.append((entry.index, controller, entry.specifier))
      } else if case .gic(let interrupt) = entry.end {
        kept.append((entry.index, nil, InterruptCells.cells(interrupt)))
      }
    }
    for name in ["interrupts", "interrupts-extended", "interrupt-parent"] { expected[name] = nil }
    let gic = match.controller?.phandle ?? 0
    if !kept.isEmpty, kept.allSatisfy({ $0.own == nil }) {
      expected["interrupt-parent"] = CellBytes.cell(gic)
      expected["interrupts"] = CellBytes.cells(kept.flatMap(\.cells))
    } else if !kept.isEmpty {
      expected["interrupts-extended"] = CellBytes.cells(kept.flatMap { [$0.own ?? gic] + $0.cells })
    }
    if kept.count < entries.count { writeNames(kept.map(\.index), of: entries.count, source.node) }
  }

  private mutating func writeNames(_ kept: [Int], of count: Int, _ node: Node) {
    guard let names = node.property("interrupt-names") else { return }
    guard let texts = names.strings, texts.count == count, !kept.isEmpty else {
      expected["interrupt-names"] = nil
      return
    }
    expected["interrupt-names"] = kept.flatMap { Array(texts[$0].utf8) + [0] }
  }

  private mutating func writeMap(_ node: Node, _ match: TreeMatch, _ record: DomainReading) {
    guard let rows = InterruptRows(node, match.board.tree) else { return }
    let owned = Set(record.interrupts)
    var cells: [UInt32] = []
    for row in rows.rows {
      if match.twin(of: row.parent.index) != nil {
        cells += row.cells
      } else if let line = row.sharedLine, owned.contains(line) {
        cells += row.child + [match.controller?.phandle ?? 0, 0, row.specifier[1], row.specifier[2] & 0xF]
      } else {
        expected["interrupt-map"] = nil
        expected["interrupt-map-mask"] = nil
        return
      }
    }
    expected["interrupt-map"] = CellBytes.cells(cells)
  }
}
