import Ownership

/// A domain's RAM as it sees it, while payloads are put into it.
struct GuestSpace {
  private let regions: [MemoryRegion]
  /// Guest addresses that are taken, or that nothing may be loaded to.
  private(set) var occupied: AddressSet
  /// Guest addresses that are taken only where there is no other place.
  private let avoided: AddressSet

  /// The RAM of a domain; nothing is loaded where the boot loader has its own things (`loaderRanges`, physical), and
  /// where it may have them (`avoided`, physical) only if it has to be there.
  init(_ regions: [MemoryRegion], loaderRanges: [AddressRange], avoided: [AddressRange]) {
    self.regions = regions
    occupied = Self.guestAddresses(of: loaderRanges, in: regions)
    self.avoided = Self.guestAddresses(of: avoided, in: regions)
  }

  private static func guestAddresses(of ranges: [AddressRange], in regions: [MemoryRegion]) -> AddressSet {
    var addresses = AddressSet()
    for region in regions {
      for range in ranges {
        if let guest = region.guestAddresses(of: range) { addresses.insert(guest) }
      }
    }
    return addresses
  }

  /// The region that the kernel starts in.
  var first: MemoryRegion? { regions.first }

  /// The physical addresses of `guest`, in its order; empty if no single region holds all of it.
  func runs(of guest: AddressRange) -> [AddressRange] {
    regions.first { $0.guest.contains(guest) }?.runs(of: guest) ?? []
  }

  /// Marks guest addresses as taken.
  mutating func occupy(_ guest: AddressRange) { occupied.insert(guest) }

  /// The lowest place in the first region for `size` bytes, `offset` above a multiple of `alignment` and clear of what
  /// is occupied.
  func lowest(size: UInt64, alignment: UInt64, offset: UInt64) -> AddressRange? {
    guard let region = first?.guest else { return nil }
    var start = region.base
    while let base = start.roundedUp(to: alignment) {
      let (address, overflow) = base.addingReportingOverflow(offset)
      guard !overflow, let place = AddressRange(base: address, size: size), region.contains(place) else { return nil }
      guard let obstacle = occupied.intersection(place).last else { return place }
      guard let behind = obstacle.end else { return nil }
      start = max(behind >= offset ? behind - offset : 0, base + 1)
    }
    return nil
  }

  /// The highest place in the first region for `size` bytes at a multiple of a page, not reaching above `ceiling`, and
  /// clear of what is occupied.
  func highest(size: UInt64, below ceiling: UInt64) -> AddressRange? {
    guard let region = first?.guest, let usable = AddressRange(base: region.base, last: min(region.last, ceiling))
    else {
      return nil
    }
    let free = AddressSet(CollectionOfOne(usable)).subtracting(occupied)
    for space in [free.subtracting(avoided), free] {
      for run in space.runs.reversed() where run.size >= size {
        let start = (run.last - (size - 1)).roundedDown(to: Granule.page)
        if start >= run.base { return AddressRange(base: start, size: size) }
      }
    }
    return nil
  }
}
