/// How the references of a property are written.
enum ReferenceForm: Hashable, Sendable {
  /// Phandles, each followed by as many cells as this property of its target says; a target without it is a fault.
  case counted(String)
  /// The same, but a target without the property has no cells.
  case countedOrBare(String)
  /// Phandles, each followed by this many cells.
  case fixed(Int)
  /// Phandles alone.
  case bare
  /// One phandle, then cells that belong to it.
  case leading
  /// Rows of (input base, phandle, output base, count): `iommu-map`, `msi-map`. The specifier holds the three numbers.
  case map
}
