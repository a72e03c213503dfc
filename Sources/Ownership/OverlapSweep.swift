/// Finds which of many ranges overlap, by one pass over them in address order.
public enum OverlapSweep {
  /// Two ranges that overlap, by their positions in the input.
  public struct Pair: Hashable, Sendable {
    /// The one that starts first (of two that start together, the one that stands first).
    public let first: Int
    /// The other.
    public let second: Int
    /// The addresses that both claim.
    public let overlap: AddressRange
  }

  /// All pairs of `ranges` that overlap and that `matters` lets through, in the order of where the overlap starts.
  ///
  /// Takes O(n log n) for sorting and one step for each pair that overlaps, whether it matters or not. At most `limit`
  /// pairs are looked for that matter, so that n identical ranges do not yield n² findings.
  public static func pairs(
    among ranges: [AddressRange], limit: Int = .max, where matters: (Int, Int) -> Bool = { _, _ in true }
  ) -> [Pair] {
    guard limit > 0 else { return [] }
    let order = ranges.indices.sorted { (ranges[$0].base, $0) < (ranges[$1].base, $1) }
    var found: [Pair] = []
    var open: [Int] = []
    for current in order {
      var kept = 0
      for position in open.indices {
        let earlier = open[position]
        guard let overlap = ranges[earlier].intersection(ranges[current]) else { continue }
        open[kept] = earlier
        kept += 1
        if matters(earlier, current) {
          found.append(Pair(first: earlier, second: current, overlap: overlap))
          if found.count == limit { return found }
        }
      }
      open.removeSubrange(kept...)
      open.append(current)
    }
    return found
  }
}
