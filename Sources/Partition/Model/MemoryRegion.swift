import Ownership

/// RAM of a domain: where it is and where the domain sees it.
public struct MemoryRegion: Hashable, Sendable {
  /// Physical addresses; of a coloured region from its first to its last, with pages of others between them.
  public let physical: AddressRange
  /// Guest addresses (IPA), in one piece.
  public let guest: AddressRange
  /// The pages of a coloured region; `nil` for one whose physical addresses are in one piece.
  public let stripes: Stripes?

  /// A region in one piece, as large by physical as by guest addresses.
  public init(physical: AddressRange, guest: AddressRange) {
    self.physical = physical
    self.guest = guest
    stripes = nil
  }

  /// Pages of some colours, seen in one piece of as many bytes.
  public init(stripes: Stripes, guest: AddressRange) {
    physical = stripes.hull
    self.guest = guest
    self.stripes = stripes
  }

  /// The physical addresses in one-piece runs, by guest address.
  public var runs: [AddressRange] { stripes?.runs ?? [physical] }

  /// What nobody but other coloured regions may lie in: of a coloured region all rows, with the other colours' pages.
  public var reach: AddressRange { stripes?.rows ?? physical }

  /// The physical addresses of a part of the guest addresses, in its order; empty if not all of it is in the region.
  public func runs(of part: AddressRange) -> [AddressRange] {
    guard guest.contains(part) else { return [] }
    if let stripes { return stripes.runs(from: part.base - guest.base, size: part.size) }
    return [part.moved(from: guest.base, to: physical.base)].compactMap { $0 }
  }

  /// The guest addresses of what lies in a physical range; of a coloured region those of every row that the range meets.
  func guestAddresses(of range: AddressRange) -> AddressRange? {
    guard let common = reach.intersection(range) else { return nil }
    guard let stripes else { return common.moved(from: physical.base, to: guest.base) }
    let row = Stripes.row(stripes.colourCount)
    let pages = UInt64(stripes.colours.count) * Granule.page
    let first = (common.base - stripes.base) / row * pages
    let last = ((common.last - stripes.base) / row + 1) * pages - 1
    return AddressRange(base: first, last: last)?.moved(from: 0, to: guest.base)?.intersection(guest)
  }
}

extension MemoryRegion: CustomStringConvertible {
  /// Where it is, its colours, and where it is seen if that is elsewhere.
  public var description: String {
    let colours = stripes.map { stripes in
      " colours \(stripes.colours.map(String.init).joined(separator: ", ")) of \(stripes.colourCount)"
    }
    let place = "\(physical)\(colours ?? "")"
    return guest == physical ? place : "\(place) seen at \(guest)"
  }
}
