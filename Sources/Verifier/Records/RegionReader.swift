import Ownership

/// Reads the region records.
struct RegionReader {
  private typealias Region = PartitionOffsets.Region

  /// The regions in the order of their records.
  let regions: [AddressRange]

  /// Reads `count` records from an offset: each whole pages of guest addresses.
  init(records: RecordBytes, start: Int, count: Int) throws(VerifierError) {
    var regions: [AddressRange] = []
    for index in 0..<count {
      let place = start + index * Region.total
      let guest: UInt64 = try records.number(at: place + Region.guest)
      let size: UInt64 = try records.number(at: place + Region.size)
      guard let region = AddressRange(base: guest, size: size), region.isAligned(to: 4096) else {
        throw records.fault(
          at: place, "has region \(index) of \(size.hexadecimal) bytes at \(guest.hexadecimal): no whole pages")
      }
      regions.append(region)
    }
    self.regions = regions
  }
}
