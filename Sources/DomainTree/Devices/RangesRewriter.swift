import DeviceTree

/// Makes the `ranges` of a top node lead to CPU addresses, now that its parent is the flat bus.
struct RangesRewriter {
  /// The board's tree.
  let tree: DeviceTree

  /// Rewrites `ranges` of the copy `node` of `source`, if it has any.
  func rewrite(_ node: inout TreeNode, _ source: Node) {
    guard let ranges = source.property("ranges"), let parent = tree.parent(of: source) else { return }
    let cells = ranges.cells ?? []
    let childCells = count("#address-cells", source, standard: 2)
    let sizeCells = count("#size-cells", source, standard: 1)
    let parentCells = count("#address-cells", parent, standard: 2)
    let rows =
      cells.isEmpty
      ? expanded(source, childCells, sizeCells) : translated(cells, source, childCells, parentCells, sizeCells)
    if let rows { node.set("ranges", cells: rows) }
  }

  /// Widens the middle part of `dma-ranges` of the copy `node` of `source` to the two cells of the flat bus, which
  /// translates as the buses above `source` did.
  func widenDMARanges(_ node: inout TreeNode, _ source: Node) {
    guard let cells = source.property("dma-ranges")?.cells, !cells.isEmpty, let parent = tree.parent(of: source) else {
      return
    }
    let childCells = count("#address-cells", source, standard: 2)
    let parentCells = count("#address-cells", parent, standard: 2)
    let width = childCells + parentCells + count("#size-cells", source, standard: 1)
    guard parentCells == 1, cells.count.isMultiple(of: width) else { return }
    var rows: [UInt32] = []
    for start in stride(from: 0, to: cells.count, by: width) {
      rows += cells[start..<start + childCells] + [0] + cells[start + childCells..<start + width]
    }
    node.set("dma-ranges", cells: rows)
  }

  /// Rows with their middle part translated; rows that lead nowhere are left out. `nil` if they cannot be read.
  private func translated(
    _ cells: [UInt32], _ source: Node, _ childCells: Int, _ parentCells: Int, _ sizeCells: Int
  ) -> [UInt32]? {
    let width = childCells + parentCells + sizeCells
    guard width > 0, cells.count.isMultiple(of: width) else { return nil }
    var result: [UInt32] = []
    for start in stride(from: 0, to: cells.count, by: width) {
      let child = cells[start..<start + childCells]
      let parent = cells[start + childCells..<start + childCells + parentCells]
      guard let address = translate(Array(parent), source) else { continue }
      result += Array(child) + split(address, 2) + Array(cells[start + width - sizeCells..<start + width])
    }
    return result
  }

  /// An empty `ranges` stays empty where children's addresses are CPU addresses already; else each child's registers
  /// become a row of their own.
  private func expanded(_ source: Node, _ childCells: Int, _ sizeCells: Int) -> [UInt32]? {
    let entries = tree.children(of: source).flatMap { tree.registers(of: $0).entries }
    let mapped = entries.compactMap { entry in entry.address.map { (entry, $0) } }
    if mapped.allSatisfy({ $0.0.busAddress == UInt128($0.1) }) { return nil }
    return mapped.flatMap { entry, address in
      split(UInt64(truncatingIfNeeded: entry.busAddress), childCells) + split(address, 2) + split(entry.size, sizeCells)
    }
  }

  /// The CPU address of an address on the bus that `source` stands on.
  private func translate(_ address: [UInt32], _ source: Node) -> UInt64? {
    guard let parent = tree.parent(of: source) else { return nil }
    // One byte's worth in the form of `reg`, so that the reader's own translation does the work.
    let size = split(1, count("#size-cells", parent, standard: 1))
    let bytes = (address + size).flatMap { cell in (0..<4).map { UInt8(truncatingIfNeeded: cell >> (24 - 8 * $0)) } }
    return tree.registers(of: source, property: Property(name: "ranges", value: bytes)).entries.first?.address
  }

  private func split(_ number: UInt64, _ count: Int) -> [UInt32] {
    (0..<count).map { index in
      let shift = UInt64(32 * (count - 1 - index))
      return shift < 64 ? UInt32(truncatingIfNeeded: number >> shift) : 0
    }
  }

  private func count(_ name: String, _ node: Node, standard: Int) -> Int {
    node.property(name)?.cell.map { Int(min($0, 4)) } ?? standard
  }
}
