/// A node that was found: where its properties start, and how its `reg` is to be read.
public struct TreeNode {
  let properties: TreeWalker
  /// `#address-cells` and `#size-cells` of its parent.
  let addressCells: Int
  let sizeCells: Int
  /// Whether every bus above has an empty `ranges`, so that an address in `reg` is one that the CPU can use.
  let isTranslated: Bool

  /// The value of one of its own properties, as a range of the blob.
  public func property(_ name: StaticString, in blob: Span<UInt8>) -> Range<Int>? {
    var walker = properties
    while case .property(let found, let value) = walker.next(in: blob) {
      if blob.matches(found, name) { return value }
    }
    return nil
  }

  /// A 32-bit cell of a property.
  public func cell(_ index: Int, of name: StaticString, in blob: Span<UInt8>) -> UInt32? {
    guard let value = property(name, in: blob), index >= 0, index < value.count / 4 else { return nil }
    return blob.number32(at: value.lowerBound + 4 * index)
  }

  /// An entry of `reg` in CPU addresses; `nil` where there is none or a bus above translates.
  public func registers(_ index: Int, in blob: Span<UInt8>) -> TreeRegisters? {
    let perEntry = addressCells + sizeCells
    guard isTranslated, (1...2).contains(addressCells), (1...2).contains(sizeCells), (0..<64).contains(index),
      let base = number(at: index * perEntry, cells: addressCells, in: blob),
      let size = number(at: index * perEntry + addressCells, cells: sizeCells, in: blob), size > 0,
      !base.addingReportingOverflow(size - 1).overflow
    else { return nil }
    return TreeRegisters(base: base, size: size)
  }

  private func number(at first: Int, cells: Int, in blob: Span<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for index in 0..<cells {
      guard let cell = cell(first + index, of: "reg", in: blob) else { return nil }
      number = number << 32 | UInt64(cell)
    }
    return number
  }

  /// Whether its `compatible` lists a binding.
  public func isCompatible(with binding: StaticString, in blob: Span<UInt8>) -> Bool {
    lists(binding, in: "compatible", of: blob)
  }

  /// Whether one of the strings of a property is that text.
  public func lists(_ text: StaticString, in name: StaticString, of blob: Span<UInt8>) -> Bool {
    guard let value = property(name, in: blob) else { return false }
    var offset = value.lowerBound
    while offset < value.upperBound, let string = blob.string(at: offset) {
      if blob.matches(string, text) { return true }
      offset = string.upperBound + 1
    }
    return false
  }

  /// Whether `status` allows its use (Devicetree Specification v0.4, section 2.3.4).
  func isEnabled(in blob: Span<UInt8>) -> Bool {
    guard property("status", in: blob) != nil else { return true }
    return lists("okay", in: "status", of: blob) || lists("ok", in: "status", of: blob)
  }
}
