import Ownership

/// RAM that nobody has yet.
struct FreeMemory: Sendable {
  /// The addresses.
  private(set) var addresses: AddressSet

  /// All of `ram` but `taken`, in whole pages.
  init(_ ram: [AddressRange], without taken: [AddressRange]) {
    let pages = AddressSet(ram.compactMap { $0.roundedInward(to: Granule.page) })
    addresses = pages.subtracting(AddressSet(taken.map(\.pages)))
  }

  /// The lowest free range of `size` bytes that starts at `residue` modulo `alignment` (a power of two) and not below
  /// `floor`; `nil` if there is none.
  func lowest(size: UInt64, alignment: UInt64, residue: UInt64 = 0, from floor: UInt64 = 0) -> AddressRange? {
    let offset = residue & (alignment - 1)
    for run in addresses.runs where run.last >= floor {
      let first = max(run.base, floor)
      let shifted = first >= offset ? first - offset : 0
      guard let aligned = shifted.roundedUp(to: alignment) else { return nil }
      let (start, overflow) = aligned.addingReportingOverflow(offset)
      guard !overflow else { return nil }
      if let range = AddressRange(base: start, size: size), run.contains(range) { return range }
    }
    return nil
  }

  /// The largest run of free addresses, in bytes.
  var largestRun: UInt64 { addresses.runs.map(\.size).max() ?? 0 }

  /// All free addresses, in bytes; at most 2^64 - 1.
  var total: UInt64 {
    addresses.runs.reduce(0) { total, run in
      let (sum, overflow) = total.addingReportingOverflow(run.size)
      return overflow ? .max : sum
    }
  }

  /// Takes whole pages away.
  mutating func take(_ range: AddressRange) { addresses.remove(range.pages) }
}
