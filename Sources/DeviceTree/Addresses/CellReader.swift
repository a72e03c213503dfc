/// Takes numbers of several cells from a list of cells, first to last.
///
/// The caller has checked that the list is long enough; where it is not, missing cells do not count.
struct CellReader {
  private var rest: ArraySlice<UInt32>

  init(_ cells: ArraySlice<UInt32>) { rest = cells }

  /// Cells not yet taken.
  var remaining: Int { rest.count }

  /// The next `count` cells (at most four) as one big-endian number.
  mutating func number(_ count: Int) -> UInt128 {
    take(count).reduce(0) { $0 << 32 | UInt128($1) }
  }

  /// The next `count` cells.
  mutating func take(_ count: Int) -> ArraySlice<UInt32> {
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  /// The next cell, if there is one.
  mutating func next() -> UInt32? { rest.popFirst() }
}
