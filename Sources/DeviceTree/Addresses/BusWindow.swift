/// One entry of a bus's `ranges`.
struct BusWindow: Sendable {
  /// PCI: the address space (1 I/O, 2 and 3 memory as 2); 0 on every other bus.
  let space: UInt8
  /// First address as the children write it; on PCI the 64-bit part alone.
  let child: UInt128
  /// First address as the parent's children write it, all cells.
  let parent: UInt128
  /// Bytes.
  let size: UInt128

  /// Reads `ranges`: (child address, parent address, size) again and again.
  static func read(
    _ property: Property, child: (addressCells: Int, sizeCells: Int), isPCI: Bool, parent: Bus
  ) -> Bus.Mapping {
    let stride = child.addressCells + parent.addressCells + child.sizeCells
    guard child.addressCells > 0, parent.addressCells > 0, child.sizeCells > 0 else {
      return .malformed("cannot be read with no cells for an address or a size")
    }
    guard let cells = property.cells, cells.count.isMultiple(of: stride) else {
      return .malformed("has \(property.value.count) bytes, which is no multiple of \(stride) cells")
    }
    guard cells.count / stride <= TreeLimits.mapRows else {
      return .malformed("has more than \(TreeLimits.mapRows) entries")
    }
    var windows: [BusWindow] = []
    for start in Swift.stride(from: 0, to: cells.count, by: stride) {
      var reader = CellReader(cells[start..<start + stride])
      let childAddress = reader.number(child.addressCells)
      let parentAddress = reader.number(parent.addressCells)
      let size = reader.number(child.sizeCells)
      windows.append(
        BusWindow(
          space: isPCI ? PCIAddress.space(of: childAddress) : 0,
          child: isPCI ? PCIAddress.offset(of: childAddress) : childAddress, parent: parentAddress, size: size))
    }
    return .windows(windows)
  }

  /// Where `address` comes out on the parent, and how many bytes from there on the window still holds.
  func map(_ address: UInt128, space: UInt8) -> (parent: UInt128, room: UInt128)? {
    guard space == self.space, address >= child, address - child < size else { return nil }
    let offset = address - child
    let (result, overflow) = parent.addingReportingOverflow(offset)
    return overflow ? nil : (result, size - offset)
  }
}
