import Ownership

/// RAM of a domain: where it is and where the domain sees it.
public struct MemoryRegion: Hashable, Sendable {
  /// Physical addresses.
  public let physical: AddressRange
  /// Guest addresses (IPA), the same size.
  public let guest: AddressRange
}
