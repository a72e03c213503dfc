/// What becomes of one reference of a copied node.
enum ReferenceFate: Hashable {
  /// It leads to a node of the domain's tree.
  case kept
  /// Its clock is a fixed one of ours, or its supply a fixed regulator of ours; the node's phandle, no cells.
  case replaced(by: UInt32)
  /// It leads out of the domain.
  case left
}
