/// An `interrupt-map`, which hands the interrupts of a bus or a connector on to other controllers.
///
/// Devicetree specification v0.4, section 2.4.3. A controller without `#address-cells` counts as having 0 there, as
/// every kernel reads it, although the general default is 2.
struct InterruptNexus: Sendable {
  /// One row of the map.
  struct Row: Sendable {
    let address: [UInt32]
    let specifier: [UInt32]
    let parent: Int
    let parentAddress: [UInt32]
    let parentSpecifier: [UInt32]
  }

  let addressMask: [UInt32]
  let specifierMask: [UInt32]
  let rows: [Row]

  /// Reads the map of `node`; the reason, as the end of a sentence that starts with `interrupt-map`, if it cannot be.
  static func read(_ node: Node, in tree: DeviceTree) -> Result<InterruptNexus, Malformed> {
    guard let cells = node.property("interrupt-map")?.cells else { return .failure("is no list of cells") }
    guard let own = tree.interruptCells(of: node) else { return .failure("stands without #interrupt-cells") }
    let addressCells = tree.buses[node.index].addressCells
    var rest = CellReader(cells[...])
    var rows: [Row] = []
    while rest.remaining > 0 {
      guard rows.count < TreeLimits.mapRows else { return .failure("has more than \(TreeLimits.mapRows) rows") }
      guard rest.remaining > addressCells + own else { return .failure("ends in the middle of row \(rows.count)") }
      let address = Array(rest.take(addressCells))
      let specifier = Array(rest.take(own))
      let phandle = rest.next() ?? 0
      guard let parent = tree.node(phandle: phandle), let parentCells = tree.interruptCells(of: parent) else {
        return .failure("row \(rows.count) names \(hexadecimal(phandle)), which is no interrupt controller's phandle")
      }
      let parentAddressCells = parent.property("#address-cells") == nil ? 0 : tree.buses[parent.index].addressCells
      guard rest.remaining >= parentAddressCells + parentCells else {
        return .failure("ends in the middle of row \(rows.count)")
      }
      rows.append(
        Row(
          address: address, specifier: specifier, parent: parent.index,
          parentAddress: Array(rest.take(parentAddressCells)), parentSpecifier: Array(rest.take(parentCells))))
    }
    let mask = node.property("interrupt-map-mask")?.cells ?? Array(repeating: .max, count: addressCells + own)
    guard mask.count == addressCells + own else {
      return .failure("is \(addressCells + own) cells wide, its interrupt-map-mask \(mask.count)")
    }
    return .success(
      InterruptNexus(
        addressMask: Array(mask.prefix(addressCells)), specifierMask: Array(mask.dropFirst(addressCells)), rows: rows))
  }

  /// Reads the map of Freescale's external-interrupt blocks, whose rows are (pin, 0, controller, specifier).
  static func readShort(_ node: Node, in tree: DeviceTree) -> Result<InterruptNexus, Malformed> {
    guard let cells = node.property("interrupt-map")?.cells else { return .failure("is no list of cells") }
    guard tree.interruptCells(of: node) == 2 else { return .failure("stands without #interrupt-cells of 2") }
    var rest = CellReader(cells[...])
    var rows: [Row] = []
    while rest.remaining > 0 {
      guard rows.count < TreeLimits.mapRows else { return .failure("has more than \(TreeLimits.mapRows) rows") }
      let specifier = Array(rest.take(2))
      guard let parent = tree.node(phandle: rest.next() ?? 0), let parentCells = tree.interruptCells(of: parent),
        rest.remaining >= parentCells
      else { return .failure("row \(rows.count) is no (pin, 0, interrupt controller, specifier)") }
      rows.append(
        Row(
          address: [], specifier: specifier, parent: parent.index, parentAddress: [],
          parentSpecifier: Array(rest.take(parentCells))))
    }
    // The second cell of a specifier is the trigger, which the rows leave at 0.
    return .success(InterruptNexus(addressMask: [], specifierMask: [.max, 0], rows: rows))
  }

  /// The row that a child's unit address and specifier select.
  func row(address: [UInt32], specifier: [UInt32]) -> Row? {
    rows.first { row in
      Self.equal(row.address, address, under: addressMask) && Self.equal(row.specifier, specifier, under: specifierMask)
    }
  }

  private static func equal(_ left: [UInt32], _ right: [UInt32], under mask: [UInt32]) -> Bool {
    for index in mask.indices {
      // A child without a unit address is at 0.
      let other = index < right.count ? right[index] : 0
      guard index < left.count, (left[index] ^ other) & mask[index] == 0 else { return false }
    }
    return true
  }

  /// A reason in words.
  struct Malformed: Error, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    let reason: String
    init(stringLiteral value: String) { reason = value }
  }
}
