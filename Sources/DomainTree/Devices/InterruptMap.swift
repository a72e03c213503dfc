import DeviceTree

/// The rows of a nexus's `interrupt-map` (devicetree specification, 2.4.3).
struct InterruptMap {
  private struct Row {
    let child: [UInt32]
    let parent: Node
    let address: [UInt32]
    let specifier: [UInt32]
  }

  private let rows: [Row]

  /// Reads the rows; `nil` if they cannot be read.
  init?(_ nexus: Node, _ tree: DeviceTree) {
    guard var rest = nexus.property("interrupt-map")?.cells?[...] else { return nil }
    let child = Self.count("#address-cells", nexus, standard: 2) + Self.count("#interrupt-cells", nexus, standard: 1)
    var rows: [Row] = []
    while !rest.isEmpty {
      guard let unit = Self.take(child, from: &rest), let phandle = rest.popFirst(),
        let parent = tree.node(phandle: phandle),
        let address = Self.take(Self.count("#address-cells", parent, standard: 0), from: &rest),
        let specifier = Self.take(Self.count("#interrupt-cells", parent, standard: 1), from: &rest)
      else { return nil }
      rows.append(Row(child: unit, parent: parent, address: address, specifier: specifier))
    }
    self.rows = rows
  }

  /// The rows for the domain's tree: those that lead to the board's GIC lead to the domain's, which has no address
  /// cells; `nil` if one leads to a line that the domain does not own, or elsewhere outside the domain.
  func rewritten(resolves: (String) -> Bool, owns: (UInt32) -> Bool, gic: UInt32) -> [UInt32]? {
    var cells: [UInt32] = []
    for row in rows {
      if resolves(row.parent.path), let phandle = row.parent.phandle {
        cells += row.child + [phandle] + row.address + row.specifier
      } else if row.parent.compatible.contains(where: { $0.hasPrefix("arm,gic") }), row.specifier.count >= 3,
        row.specifier[0] == 0, owns(row.specifier[1] &+ 32)
      {
        cells += row.child + [gic, 0, row.specifier[1], row.specifier[2] & 0xF]
      } else {
        return nil
      }
    }
    return cells
  }

  private static func count(_ name: String, _ node: Node, standard: Int) -> Int {
    node.property(name)?.cell.map { Int(min($0, 16)) } ?? standard
  }

  private static func take(_ count: Int, from cells: inout ArraySlice<UInt32>) -> [UInt32]? {
    guard cells.count >= count else { return nil }
    defer { cells = cells.dropFirst(count) }
    return Array(cells.prefix(count))
  }
}
