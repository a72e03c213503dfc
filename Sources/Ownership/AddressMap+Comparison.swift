extension AddressMap {
  /// A run of addresses on which two maps do not agree.
  public struct Difference: Hashable, Sendable {
    /// The addresses.
    public let range: AddressRange
    /// The value in the first map.
    public let expected: Value?
    /// The value in the second map.
    public let found: Value?
  }

  /// Where `other` differs from this map, in address order, as few runs as possible. Takes time linear in the runs.
  public func differences(from other: AddressMap) -> [Difference] {
    var result: [Difference] = []
    for (range, expected, found) in segments(with: other) where expected != found {
      if let previous = result.last, previous.expected == expected, previous.found == found,
        let union = previous.range.merged(with: range)
      {
        result[result.count - 1] = Difference(range: union, expected: expected, found: found)
      } else {
        result.append(Difference(range: range, expected: expected, found: found))
      }
    }
    return result
  }

  /// The addresses that either map knows, cut wherever one of them changes.
  private func segments(with other: AddressMap) -> [(AddressRange, Value?, Value?)] {
    var result: [(AddressRange, Value?, Value?)] = []
    var mine = Cursor(runs: runs)
    var theirs = Cursor(runs: other.runs)
    while mine.current != nil || theirs.current != nil {
      // What has no further run starts nowhere: behind everything.
      let start = Swift.min(mine.start ?? .max, theirs.start ?? .max)
      let mineHere = mine.start == start ? mine.current : nil
      let theirsHere = theirs.start == start ? theirs.current : nil
      let last = Swift.min(mine.border(from: start), theirs.border(from: start))
      result.append((AddressRange(unchecked: start, last: last), mineHere?.value, theirsHere?.value))
      mine.advance(past: last)
      theirs.advance(past: last)
    }
    return result
  }

  /// A place in the runs of a map: at the start of a run, or inside it.
  private struct Cursor {
    let runs: [Run]
    var index = 0
    var from: UInt64?

    init(runs: [Run]) {
      self.runs = runs
      from = runs.first?.range.base
    }

    var current: Run? { index < runs.count ? runs[index] : nil }
    var start: UInt64? { current == nil ? nil : from }

    /// The last address behind `start` up to which nothing changes here.
    func border(from start: UInt64) -> UInt64 {
      guard let run = current, let here = from else { return .max }
      return here == start ? run.range.last : here - 1
    }

    mutating func advance(past last: UInt64) {
      guard let run = current, let here = from, here <= last else { return }
      if run.range.last > last {
        from = last + 1
      } else {
        index += 1
        from = current?.range.base
      }
    }
  }
}
