import DeviceTree

/// A reference from one node of the board's tree to another.
struct BoardReference: Sendable {
  /// What it is for.
  let kind: ReferenceKind
  /// Its property.
  let property: String
  /// Its place in the property's list, holes included.
  let index: Int
  /// Index of the node referred to.
  let target: Int
  /// Phandle of that node.
  let phandle: UInt32
  /// The cells that come with it.
  let specifier: [UInt32]

  /// Takes a reference with its target.
  init(_ reference: Reference, target: Node) {
    kind = reference.kind
    property = reference.property
    index = reference.index
    self.target = target.index
    phandle = target.phandle ?? 0
    specifier = reference.specifier
  }

  /// The cells as they stand in the property: rows of a map have their first number before the phandle.
  var cells: [UInt32] {
    let isRow = property == "iommu-map" || property == "msi-map"
    return isRow ? specifier.prefix(1) + [phandle] + specifier.dropFirst() : [phandle] + specifier
  }

  /// The number of the clock that it names: 0 without cells, the one cell, or both of two as halves of one number;
  /// `nil` for more cells, or for halves that do not fit.
  var clockNumber: UInt32? {
    switch specifier.count {
    case 0: 0
    case 1: specifier[0]
    case 2: specifier[0] <= 0xFFFF && specifier[1] <= 0xFFFF ? specifier[0] << 16 | specifier[1] : nil
    default: nil
    }
  }
}
