import Ownership

/// Runs of pages.
enum PageSet {
  /// The same pages as disjoint runs in address order, touching ones joined.
  static func union(_ ranges: [AddressRange]) -> [AddressRange] {
    var joined: [AddressRange] = []
    for range in ranges.sorted(by: { ($0.base, $0.last) < ($1.base, $1.last) }) {
      guard let previous = joined.last, range.base <= previous.last || range.base == previous.last &+ 1 else {
        joined.append(range)
        continue
      }
      joined.removeLast()
      joined.append(AddressRange(base: previous.base, last: max(previous.last, range.last)) ?? range)
    }
    return joined
  }
}
