import Ownership

/// Pages of some cache colours, one behind the other from an address on: what a coloured region consists of.
///
/// Colours count by the page's number modulo how many there are, so that the pages come back in rows: `colourCount` pages
/// of RAM, of which the region has those of its colours.
public struct Stripes: Hashable, Sendable {
  /// First address of the first row; a multiple of a row.
  public let base: UInt64
  /// How many colours the cache has: pages of a row; a power of two.
  public let colourCount: Int
  /// The colours, ascending, none twice, each below `colourCount`.
  public let colours: [Int]
  /// How many pages there are.
  public let pageCount: UInt64

  /// Pages of some colours that hold `size` bytes; `nil` where they would be none, run past 2^64, or `base` is not the
  /// start of a row.
  public init?(base: UInt64, size: UInt64, colourCount: Int, colours: [Int]) {
    let row = Self.row(colourCount)
    guard row > 0, base % row == 0, let first = colours.first, let last = colours.last, first >= 0, last < colourCount,
      zip(colours, colours.dropFirst()).allSatisfy({ $0 < $1 }), let rounded = size.roundedUp(to: Granule.page),
      rounded > 0
    else { return nil }
    self.base = base
    self.colourCount = colourCount
    self.colours = colours
    pageCount = rounded / Granule.page
    let (rows, overflow) = Self.rows(pageCount, colours).multipliedReportingOverflow(by: row)
    guard !overflow, AddressRange(base: base, size: rows) != nil else { return nil }
  }

  /// Bytes of a row of `colourCount` pages; 0 for a number that cannot be one of colours.
  static func row(_ colourCount: Int) -> UInt64 {
    colourCount > 0 && colourCount <= 1 << 20 && colourCount.nonzeroBitCount == 1
      ? UInt64(colourCount) * Granule.page : 0
  }

  /// Bytes of RAM whose rows hold `size` bytes of `used` colours; `nil` where that is 2^64 or more.
  static func extent(of size: UInt64, colourCount: Int, used: Int) -> UInt64? {
    guard used > 0, let rounded = size.roundedUp(to: Granule.page) else { return nil }
    let pages = rounded / Granule.page
    let rows = pages / UInt64(used) + (pages % UInt64(used) == 0 ? 0 : 1)
    let (bytes, overflow) = rows.multipliedReportingOverflow(by: row(colourCount))
    return overflow ? nil : bytes
  }

  /// The address of a byte by its distance from the first one, which lies below `pageCount` pages.
  public func address(at distance: UInt64) -> UInt64 {
    let (row, column) = (distance / Granule.page).quotientAndRemainder(dividingBy: UInt64(colours.count))
    let page = row &* UInt64(colourCount) &+ UInt64(colours[Int(column)])
    return base &+ page &* Granule.page &+ distance % Granule.page
  }

  /// From the first byte to the last, with the pages of other colours between them.
  public var hull: AddressRange {
    let last = address(at: pageCount &* Granule.page &- 1)
    return AddressRange(base: address(at: 0), last: last) ?? AddressRange.everything
  }

  /// All rows, other colours included.
  public var rows: AddressRange {
    let size = Self.rows(pageCount, colours) &* Self.row(colourCount)
    return AddressRange(base: base, size: size) ?? hull
  }

  /// The addresses of `size` bytes from a distance on, in its order: one run for each group of neighbouring colours.
  public func runs(from distance: UInt64, size: UInt64) -> [AddressRange] {
    var runs: [AddressRange] = []
    var next = distance
    let end = distance &+ size
    while next < end {
      let inPage = min(end, (next / Granule.page + 1) * Granule.page) - next
      guard let part = AddressRange(base: address(at: next), size: inPage) else { return runs }
      if let last = runs.last, last.end == part.base, let joined = last.merged(with: part) {
        runs[runs.count - 1] = joined
      } else {
        runs.append(part)
      }
      next += inPage
    }
    return runs
  }

  /// The colours that there are pages of: all, unless there are fewer pages.
  var usedColours: ArraySlice<Int> { colours.prefix(Int(clamping: pageCount)) }

  /// Every page, as runs.
  public var runs: [AddressRange] { runs(from: 0, size: pageCount &* Granule.page) }

  private static func rows(_ pages: UInt64, _ colours: [Int]) -> UInt64 {
    let count = UInt64(colours.count)
    return pages / count + (pages % count == 0 ? 0 : 1)
  }
}
