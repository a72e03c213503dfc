/// A map from addresses to values, kept as sorted runs that do not overlap; neighbours with equal values are one run.
public struct AddressMap<Value: Hashable & Sendable>: Hashable, Sendable {
  /// A run of addresses with one value.
  public struct Run: Hashable, Sendable {
    /// The addresses.
    public let range: AddressRange
    /// Their value.
    public let value: Value
  }

  /// The runs in address order.
  public private(set) var runs: [Run]

  /// The empty map.
  public init() { runs = [] }

  /// The value at an address. Takes O(log n).
  public func value(at address: UInt64) -> Value? {
    let index = firstRun(reaching: address)
    return index < runs.count && runs[index].range.contains(address) ? runs[index].value : nil
  }

  /// The runs that overlap `range`, whole, in address order. Takes O(log n) and a step for each.
  public func runs(overlapping range: AddressRange) -> ArraySlice<Run> {
    let first = firstRun(reaching: range.base)
    var next = first
    while next < runs.count, runs[next].range.overlaps(range) { next += 1 }
    return runs[first..<next]
  }

  /// Gives `value` to those addresses of `range` that have none yet, and tells which runs of another value were in the
  /// way, cut to `range`. What was there stays. Takes constant time behind the last run, O(n) elsewhere.
  public mutating func insert(_ range: AddressRange, _ value: Value) -> [Run] {
    guard let last = runs.last, range.base <= last.range.last else {
      append(range, value)
      return []
    }
    let lower = firstRun(reaching: range.base)
    var upper = lower
    while upper < runs.count, runs[upper].range.overlaps(range) { upper += 1 }
    // Copied out: a slice that is still alive would make the change below copy the whole map.
    let present = Array(runs[lower..<upper])
    var replacement: [Run] = []
    var conflicts: [Run] = []
    var rest: AddressRange? = range
    for run in present {
      if let open = rest {
        let parts = open.subtracting(run.range)
        if let before = parts.first, before.last < run.range.base {
          replacement.append(Run(range: before, value: value))
        }
        rest = parts.last.flatMap { $0.base > run.range.last ? $0 : nil }
      }
      replacement.append(run)
      if run.value != value, let common = run.range.intersection(range) {
        conflicts.append(Run(range: common, value: run.value))
      }
    }
    if let rest { replacement.append(Run(range: rest, value: value)) }
    replace(lower..<upper, with: replacement)
    return conflicts
  }

  /// Adds a run behind all others.
  private mutating func append(_ range: AddressRange, _ value: Value) {
    if let last = runs.last, last.value == value, let union = last.range.merged(with: range) {
      runs[runs.count - 1] = Run(range: union, value: value)
    } else {
      runs.append(Run(range: range, value: value))
    }
  }

  /// Puts `replacement` in place of the runs at `indices` and joins equal neighbours.
  private mutating func replace(_ indices: Range<Int>, with replacement: [Run]) {
    let lower = max(indices.lowerBound - 1, 0)
    let upper = min(indices.upperBound + 1, runs.count)
    var joined: [Run] = []
    let neighbours = (before: Array(runs[lower..<indices.lowerBound]), after: Array(runs[indices.upperBound..<upper]))
    for run in neighbours.before + replacement + neighbours.after {
      if let previous = joined.last, previous.value == run.value, let union = previous.range.merged(with: run.range) {
        joined[joined.count - 1] = Run(range: union, value: run.value)
      } else {
        joined.append(run)
      }
    }
    runs.replaceSubrange(lower..<upper, with: joined)
  }

  /// Index of the first run that ends at or behind `address`; `runs.count` if there is none.
  private func firstRun(reaching address: UInt64) -> Int {
    runs.partitioningIndex { $0.range.last >= address }
  }
}
