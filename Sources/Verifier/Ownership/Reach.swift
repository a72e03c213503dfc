import Ownership

/// What the domains reach, all of them together, by physical address.
struct Reach: Sendable {
  /// One domain's way to some addresses.
  struct Holder: Sendable {
    /// Index of the domain.
    let domain: Int
    /// What it may do there.
    let grant: Stage2Grant
    /// Index of the run of its stage 2.
    let run: Int
  }

  /// Addresses that the same domains reach in the same way.
  struct Segment: Sendable {
    /// The physical addresses.
    let range: AddressRange
    /// Everybody who reaches them, by domain; a domain that reaches them twice stands there twice.
    let holders: [Holder]
  }

  /// Sorted, disjoint segments, none without a holder.
  let segments: [Segment]

  private struct Item {
    let range: AddressRange
    let holder: Holder
  }

  /// Sorts the runs of all domains by physical address and cuts them where another one starts or ends.
  ///
  /// Takes O(n log n) in the runs, and where runs overlap a step for each holder of each piece.
  init(_ domains: [TranslationReading]) {
    var items: [Item] = []
    for (domain, stage2) in domains.enumerated() {
      for (index, run) in stage2.runs.enumerated() {
        let holder = Holder(domain: domain, grant: Stage2Grant(run.attributes), run: index)
        items.append(Item(range: run.output, holder: holder))
      }
    }
    items.sort { ($0.range.base, $0.holder.domain, $0.holder.run) < ($1.range.base, $1.holder.domain, $1.holder.run) }
    var segments: [Segment] = []
    segments.reserveCapacity(items.count)
    var start = 0
    while start < items.count {
      var end = start + 1
      var last = items[start].range.last
      while end < items.count, items[end].range.base <= last {
        last = max(last, items[end].range.last)
        end += 1
      }
      if end == start + 1 {
        segments.append(Segment(range: items[start].range, holders: [items[start].holder]))
      } else {
        segments += Self.cut(items[start..<end])
      }
      start = end
    }
    self.segments = segments
  }

  /// The segment that holds an address. Takes O(log n).
  func segment(at address: UInt64) -> Segment? {
    let index = segments.partitioningIndex { $0.range.last >= address }
    return index < segments.count && segments[index].range.contains(address) ? segments[index] : nil
  }

  /// The pieces of runs that overlap one another in a chain, sorted by base.
  private static func cut(_ items: ArraySlice<Item>) -> [Segment] {
    var borders = items.map(\.range.base) + items.compactMap(\.range.end)
    borders.sort()
    var segments: [Segment] = []
    var open: [Item] = []
    var next = items.startIndex
    var previous: UInt64?
    for border in borders where border != previous {
      previous = border
      open.removeAll { $0.range.last < border }
      while next < items.endIndex, items[next].range.base == border {
        open.append(items[next])
        next += 1
      }
      guard let nearest = open.map(\.range.last).min() else { continue }
      let following = next < items.endIndex ? min(nearest, items[next].range.base - 1) : nearest
      guard let range = AddressRange(base: border, last: following) else { continue }
      let holders = open.map(\.holder).sorted { ($0.domain, $0.run) < ($1.domain, $1.run) }
      segments.append(Segment(range: range, holders: holders))
    }
    return segments
  }
}
