import DeviceTree

/// The `ranges` and `dma-ranges` of a node once its parent is a flat bus of CPU addresses with two cells.
struct BusRows {
  private let node: Node
  private let tree: DeviceTree
  private let childCells: Int
  private let sizeCells: Int
  private let parentCells: Int
  private let parentSizeCells: Int

  /// Reads the cell counts of a node and its parent (devicetree specification v0.4, 2.3.5: 2 and 1 where none are
  /// stated).
  init(_ node: Node, _ tree: DeviceTree) {
    func count(_ name: String, _ node: Node?, _ standard: Int) -> Int {
      node?.property(name)?.cell.map { Int(min($0, 4)) } ?? standard
    }
    let parent = tree.parent(of: node)
    self.node = node
    self.tree = tree
    childCells = count("#address-cells", node, 2)
    sizeCells = count("#size-cells", node, 1)
    parentCells = count("#address-cells", parent, 2)
    parentSizeCells = count("#size-cells", parent, 1)
  }

  /// The rows with CPU addresses in their middle; rows that lead nowhere are gone. Without rows, which means that
  /// nothing changes, each of the children's registers gets one as soon as one of them is somewhere else. `nil` for
  /// none; as they are where they cannot be read.
  var ranges: [UInt8]? {
    guard let ranges = node.property("ranges") else { return nil }
    guard !ranges.value.isEmpty else { return spelledOut }
    guard let rows = rows(of: ranges) else { return ranges.value }
    var bytes: [UInt8] = []
    for row in rows {
      guard let address = cpuAddress(row.parent) else { continue }
      bytes += CellBytes.cells(row.child) + CellBytes.number(address) + CellBytes.cells(row.size)
    }
    return bytes
  }

  /// The rows with as many cells in their middle as the flat bus has; the bus translates as those above did.
  var dmaRanges: [UInt8]? {
    guard let ranges = node.property("dma-ranges") else { return nil }
    guard parentCells == 1, !ranges.value.isEmpty, let rows = rows(of: ranges) else { return ranges.value }
    return rows.flatMap { CellBytes.cells($0.child) + CellBytes.cells([0] + $0.parent) + CellBytes.cells($0.size) }
  }

  private struct Row {
    let child: ArraySlice<UInt32>
    let parent: ArraySlice<UInt32>
    let size: ArraySlice<UInt32>
  }

  private func rows(of property: Property) -> [Row]? {
    let width = childCells + parentCells + sizeCells
    guard width > 0, let cells = property.cells, cells.count.isMultiple(of: width) else { return nil }
    return stride(from: 0, to: cells.count, by: width).map { start in
      let middle = start + childCells
      return Row(
        child: cells[start..<middle], parent: cells[middle..<middle + parentCells],
        size: cells[middle + parentCells..<start + width])
    }
  }

  private var spelledOut: [UInt8] {
    let entries = tree.children(of: node).flatMap { tree.registers(of: $0).entries }.filter { $0.address != nil }
    guard entries.contains(where: { $0.address.map { UInt128($0) } != $0.busAddress }) else { return [] }
    return entries.flatMap { entry in
      CellBytes.cells(CellBytes.cells(of: UInt64(truncatingIfNeeded: entry.busAddress), count: childCells))
        + CellBytes.number(entry.address ?? 0) + CellBytes.cells(CellBytes.cells(of: entry.size, count: sizeCells))
    }
  }

  /// Where an address on the node's own bus lies for the CPUs: asked of the tree as one byte of registers there.
  private func cpuAddress(_ address: ArraySlice<UInt32>) -> UInt64? {
    let entry = Array(address) + CellBytes.cells(of: 1, count: parentSizeCells)
    let property = Property(name: "ranges", value: CellBytes.cells(entry))
    return tree.registers(of: node, property: property).entries.first?.address
  }
}
