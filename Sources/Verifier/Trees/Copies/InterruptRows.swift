import DeviceTree

/// The rows of an `interrupt-map` of the board's (devicetree specification v0.4, 2.4.3.1; a controller without
/// `#address-cells` counts as one with 0, as every kernel reads it).
struct InterruptRows {
  /// A row.
  struct Row {
    /// Unit address and specifier of the child.
    let child: [UInt32]
    /// The controller, with its phandle as it stands there.
    let parent: Node
    let phandle: UInt32
    /// Unit address and specifier at the controller.
    let address: [UInt32]
    let specifier: [UInt32]

    /// All cells as they stand there.
    var cells: [UInt32] { child + [phandle] + address + specifier }

    /// INTID of the shared line of a GIC that the row leads to (kernel binding `arm,gic-v3.yaml`).
    var sharedLine: UInt32? {
      guard parent.compatible.contains(where: { $0.hasPrefix("arm,gic") }), specifier.count >= 3, specifier[0] == 0
      else {
        return nil
      }
      return specifier[1] &+ 32
    }
  }

  /// The rows.
  let rows: [Row]

  /// Reads the rows; `nil` if they cannot be read.
  init?(_ nexus: Node, _ tree: DeviceTree) {
    func count(_ name: String, _ node: Node, _ standard: Int) -> Int {
      node.property(name)?.cell.map { Int(min($0, 16)) } ?? standard
    }
    guard var rest = nexus.property("interrupt-map")?.cells?[...] else { return nil }
    let width = count("#address-cells", nexus, 2) + count("#interrupt-cells", nexus, 1)
    var rows: [Row] = []
    while !rest.isEmpty {
      let child = rest.prefix(width)
      rest = rest.dropFirst(width)
      guard child.count == width, let phandle = rest.popFirst(), let parent = tree.node(phandle: phandle) else {
        return nil
      }
      let (addressCells, specifierCells) = (count("#address-cells", parent, 0), count("#interrupt-cells", parent, 1))
      guard rest.count >= addressCells + specifierCells else { return nil }
      let address = rest.prefix(addressCells)
      rest = rest.dropFirst(addressCells)
      rows.append(
        Row(
          child: Array(child), parent: parent, phandle: phandle, address: Array(address),
          specifier: Array(rest.prefix(specifierCells))))
      rest = rest.dropFirst(specifierCells)
    }
    self.rows = rows
  }
}
