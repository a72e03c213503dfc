extension AddressRange {
  /// The smallest range of whole `alignment`-sized pieces that covers this one.
  ///
  /// `alignment` is a power of two in bytes; anything else leaves the range as it is.
  public func roundedOutward(to alignment: UInt64) -> AddressRange {
    guard alignment.isPowerOfTwo else { return self }
    return AddressRange(unchecked: base & ~(alignment - 1), last: last | (alignment - 1))
  }

  /// The largest range of whole `alignment`-sized pieces inside this one; `nil` if not one piece fits.
  ///
  /// `alignment` is a power of two in bytes; anything else leaves the range as it is.
  public func roundedInward(to alignment: UInt64) -> AddressRange? {
    guard alignment.isPowerOfTwo else { return self }
    guard let first = base.roundedUp(to: alignment) else { return nil }
    if last & (alignment - 1) == alignment - 1 { return AddressRange(base: first, last: last) }
    let pastEnd = last & ~(alignment - 1)
    return pastEnd > first ? AddressRange(unchecked: first, last: pastEnd - 1) : nil
  }

  /// Whether the range starts and ends on multiples of `alignment`, a power of two in bytes.
  public func isAligned(to alignment: UInt64) -> Bool {
    alignment.isPowerOfTwo && base & (alignment - 1) == 0 && last & (alignment - 1) == alignment - 1
  }

  /// The whole 4 KiB pages that the range touches.
  public var pages: AddressRange { roundedOutward(to: Granule.page) }
}

extension UInt64 {
  /// Whether exactly one bit is set.
  var isPowerOfTwo: Bool { nonzeroBitCount == 1 }

  /// The next multiple of `alignment` (a power of two) at or above this number; `nil` where that is 2^64.
  public func roundedUp(to alignment: UInt64) -> UInt64? {
    guard alignment.isPowerOfTwo else { return self }
    let (sum, overflow) = addingReportingOverflow(alignment - 1)
    return overflow ? nil : sum & ~(alignment - 1)
  }

  /// The next multiple of `alignment` (a power of two) at or below this number.
  public func roundedDown(to alignment: UInt64) -> UInt64 {
    alignment.isPowerOfTwo ? self & ~(alignment - 1) : self
  }
}
