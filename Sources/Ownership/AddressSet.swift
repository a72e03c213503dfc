/// A set of addresses, kept as sorted runs that neither overlap nor touch.
public struct AddressSet: Hashable, Sendable {
  /// The runs in address order.
  public private(set) var runs: [AddressRange]

  /// The empty set.
  public init() { runs = [] }

  /// The union of `ranges`, which may overlap and come in any order. Takes O(n log n).
  public init(_ ranges: some Sequence<AddressRange>) {
    runs = []
    for range in ranges.sorted() {
      if let previous = runs.last, let union = previous.merged(with: range) {
        runs[runs.count - 1] = union
      } else {
        runs.append(range)
      }
    }
  }

  /// Whether no address belongs to the set.
  public var isEmpty: Bool { runs.isEmpty }

  /// Whether the address belongs to the set. Takes O(log n).
  public func contains(_ address: UInt64) -> Bool {
    let index = firstRun(reaching: address)
    return index < runs.count && runs[index].contains(address)
  }

  /// Whether every address of `range` belongs to the set. Takes O(log n).
  public func contains(_ range: AddressRange) -> Bool {
    let index = firstRun(reaching: range.base)
    return index < runs.count && runs[index].contains(range)
  }

  /// Whether an address of `range` belongs to the set. Takes O(log n).
  public func overlaps(_ range: AddressRange) -> Bool {
    let index = firstRun(reaching: range.base)
    return index < runs.count && runs[index].overlaps(range)
  }

  /// Adds every address of `range`.
  public mutating func insert(_ range: AddressRange) {
    var union = range
    let first = range.base == 0 ? 0 : firstRun(reaching: range.base - 1)
    var next = first
    while next < runs.count, let wider = union.merged(with: runs[next]) {
      union = wider
      next += 1
    }
    runs.replaceSubrange(first..<next, with: CollectionOfOne(union))
  }

  /// Removes every address of `range`.
  public mutating func remove(_ range: AddressRange) {
    let first = firstRun(reaching: range.base)
    var next = first
    var rest: [AddressRange] = []
    while next < runs.count, runs[next].overlaps(range) {
      rest += runs[next].subtracting(range)
      next += 1
    }
    runs.replaceSubrange(first..<next, with: rest)
  }

  /// The parts of `range` that belong to the set, in address order.
  public func intersection(_ range: AddressRange) -> [AddressRange] {
    var parts: [AddressRange] = []
    var index = firstRun(reaching: range.base)
    while index < runs.count, let part = runs[index].intersection(range) {
      parts.append(part)
      index += 1
    }
    return parts
  }

  /// The set without the addresses of `other`. Takes time linear in the runs of both.
  public func subtracting(_ other: AddressSet) -> AddressSet {
    var result = AddressSet()
    var holes = other.runs[...]
    for run in runs {
      var rest: AddressRange? = run
      while let first = holes.first, first.last < run.base { holes.removeFirst() }
      var passed = holes.startIndex
      while passed < holes.endIndex, let current = rest, holes[passed].base <= current.last {
        let parts = current.subtracting(holes[passed])
        rest = parts.last.flatMap { $0.base > holes[passed].last ? $0 : nil }
        if let before = parts.first, before.last < holes[passed].base { result.runs.append(before) }
        passed += 1
      }
      if let rest { result.runs.append(rest) }
    }
    return result
  }

  /// Index of the first run that ends at or behind `address`; `runs.count` if there is none.
  private func firstRun(reaching address: UInt64) -> Int {
    runs.partitioningIndex { $0.last >= address }
  }
}
