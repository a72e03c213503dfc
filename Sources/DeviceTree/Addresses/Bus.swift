/// How a node numbers its children and maps their addresses to its own parent's.
///
/// Devicetree specification v0.4, section 2.3.5 (`#address-cells`, `#size-cells`) and 2.3.8 (`ranges`); the PCI form
/// is that of IEEE 1275's PCI bus binding, section 2.2.1.1.
struct Bus: Sendable {
  /// What `ranges` says.
  enum Mapping: Sendable {
    /// No `ranges`: nothing below is on the parent's address map (an i2c bus, `/cpus`).
    case none
    /// An empty `ranges`: addresses are the parent's.
    case identity
    /// Windows, in the order they stand.
    case windows([BusWindow])
    /// `ranges` cannot be understood; the reason.
    case malformed(String)
  }

  /// Cells of a child's address, 0 to 4.
  let addressCells: Int
  /// Cells of a child's size, 0 to 2.
  let sizeCells: Int
  /// Whether a child's address is PCI's: a cell of flags, then 64 bits.
  let isPCI: Bool
  /// The mapping towards the parent.
  let mapping: Mapping
  /// What is wrong with the cell counts, if anything; children's addresses cannot be read then.
  let fault: TreeFault?

  /// The specification's default where `#address-cells` is missing; it is not inherited.
  static let defaultAddressCells: UInt32 = 2
  /// The specification's default where `#size-cells` is missing; it is not inherited.
  static let defaultSizeCells: UInt32 = 1

  /// Reads a node as a bus whose own addresses are `parent`'s; `nil` for the root, whose children's addresses are the
  /// CPUs'.
  init(_ node: Node, parent: Bus?) {
    let address = Self.count("#address-cells", of: node, standard: Self.defaultAddressCells, limit: 4)
    let size = Self.count("#size-cells", of: node, standard: Self.defaultSizeCells, limit: 2)
    addressCells = address.value
    sizeCells = size.value
    fault = address.fault ?? size.fault
    let type = node.property("device_type")?.string
    isPCI = address.value == 3 && (type == "pci" || type == "pciex" || (type == nil && node.baseName == "pcie"))
    guard let parent else {
      mapping = .identity
      return
    }
    guard let ranges = node.property("ranges") else {
      mapping = .none
      return
    }
    mapping =
      ranges.value.isEmpty
      ? .identity : BusWindow.read(ranges, child: (addressCells, sizeCells), isPCI: isPCI, parent: parent)
  }

  private static func count(
    _ name: String, of node: Node, standard: UInt32, limit: UInt32
  ) -> (value: Int, fault: TreeFault?) {
    guard let property = node.property(name) else { return (Int(standard), nil) }
    guard let value = property.cell, value <= limit else {
      let text = property.cell.map(String.init) ?? "a value that is not one cell"
      return (0, TreeFault(path: node.path, property: name, message: "is \(text), and at most \(limit) is possible"))
    }
    return (Int(value), nil)
  }
}
