/// One region of a domain's RAM.
public struct RegionRecord {
  /// Guest address.
  public var guest: UInt64
  /// Bytes.
  public var size: UInt64

  /// A region of `size` bytes from `guest` on.
  public init(guest: UInt64, size: UInt64) {
    self.guest = guest
    self.size = size
  }
}
