extension AddressRange {
  /// Every address there is.
  public static let everything = AddressRange(unchecked: 0, last: .max)

  /// Size in bytes. The range of all 2^64 addresses answers 2^64 - 1, one too few, because the true figure does not fit;
  /// no other range is affected, and `isAligned(to:)` and the algebra never go through this number.
  public var size: UInt64 {
    let span = last - base
    return span == .max ? span : span + 1
  }

  /// The address behind the last one; `nil` where that is 2^64.
  public var end: UInt64? { last == .max ? nil : last + 1 }

  /// Whether the address belongs to the range.
  public func contains(_ address: UInt64) -> Bool { base <= address && address <= last }

  /// Whether every address of `other` belongs to this range.
  public func contains(_ other: AddressRange) -> Bool { base <= other.base && other.last <= last }

  /// Whether at least one address belongs to both. Ranges that only touch do not overlap.
  public func overlaps(_ other: AddressRange) -> Bool { base <= other.last && other.base <= last }

  /// Whether one range starts where the other ends.
  public func touches(_ other: AddressRange) -> Bool { end == other.base || other.end == base }

  /// The addresses that belong to both; `nil` if there are none.
  public func intersection(_ other: AddressRange) -> AddressRange? {
    AddressRange(base: max(base, other.base), last: min(last, other.last))
  }

  /// The one range that both make together; `nil` if there is a gap between them.
  public func merged(with other: AddressRange) -> AddressRange? {
    guard overlaps(other) || touches(other) else { return nil }
    return AddressRange(unchecked: min(base, other.base), last: max(last, other.last))
  }

  /// What is left of this range without `other`: none, one or two ranges in address order.
  public func subtracting(_ other: AddressRange) -> [AddressRange] {
    guard overlaps(other) else { return [self] }
    var rest: [AddressRange] = []
    if base < other.base { rest.append(AddressRange(unchecked: base, last: other.base - 1)) }
    if other.last < last { rest.append(AddressRange(unchecked: other.last + 1, last: last)) }
    return rest
  }

  /// The range moved so that `origin` comes to lie at `target`; `nil` if it would leave the 64-bit address space.
  ///
  /// This is how a physical address inside a region becomes a guest address, and back.
  public func moved(from origin: UInt64, to target: UInt64) -> AddressRange? {
    if target >= origin {
      let (newBase, baseOverflow) = base.addingReportingOverflow(target - origin)
      let (newLast, lastOverflow) = last.addingReportingOverflow(target - origin)
      guard !baseOverflow, !lastOverflow else { return nil }
      return AddressRange(unchecked: newBase, last: newLast)
    }
    let distance = origin - target
    guard base >= distance else { return nil }
    return AddressRange(unchecked: base - distance, last: last - distance)
  }
}

extension AddressRange: Comparable {
  /// Ranges order by base, then by last address.
  public static func < (left: AddressRange, right: AddressRange) -> Bool {
    (left.base, left.last) < (right.base, right.last)
  }
}
