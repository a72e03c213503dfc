extension OverlapSweep {
  /// All pairs of `ranges` that overlap and belong to different parties, in the order of where the overlap starts; at
  /// most `limit`.
  ///
  /// `parties[i]` says whose `ranges[i]` is, counted from 0; what has no party is left out. However much one party's
  /// ranges overlap each other, that costs nothing: the sweep takes O(n log n), a step for each pair it returns and, for
  /// each range, a step for each party that has a range open there.
  public static func pairs(among ranges: [AddressRange], parties: [Int], limit: Int = .max) -> [Pair] {
    let members = zip(ranges.indices, parties).filter { $0.1 >= 0 }
    let order = members.sorted { (ranges[$0.0].base, $0.0) < (ranges[$1.0].base, $1.0) }
    var found: [Pair] = []
    var open: [Int: [Int]] = [:]
    for (current, party) in order {
      for other in open.keys.sorted() where other != party {
        let live = (open[other] ?? []).filter { ranges[$0].last >= ranges[current].base }
        open[other] = live.isEmpty ? nil : live
        for earlier in live {
          guard let overlap = ranges[earlier].intersection(ranges[current]) else { continue }
          guard found.count < limit else { return found }
          found.append(Pair(first: earlier, second: current, overlap: overlap))
        }
      }
      open[party, default: []].append(current)
    }
    return found
  }
}
