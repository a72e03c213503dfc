/// Takes references off a property's cells, first to last.
struct ReferenceReader {
  private var rest: ArraySlice<UInt32>

  /// Starts at the first cell.
  init(_ cells: [UInt32]) { rest = cells[...] }

  /// The next cell.
  var next: UInt32? { rest.first }
  /// Whether nothing is left.
  var isAtEnd: Bool { rest.isEmpty }

  /// Takes these cells, if they are the next ones.
  mutating func take(_ cells: [UInt32]) -> Bool {
    guard rest.starts(with: cells) else { return false }
    rest = rest.dropFirst(cells.count)
    return true
  }

  /// Takes a phandle of 0, which keeps the place of a reference that is not there.
  mutating func takeHole() -> Bool { take([0]) }

  /// Gives up on what is left.
  mutating func end() { rest = [] }
}
