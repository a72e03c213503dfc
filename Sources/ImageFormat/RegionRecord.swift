/// One region of a domain's RAM.
public struct RegionRecord {
  /// Guest address.
  public var guest: UInt64
  /// Bytes.
  public var size: UInt64
}
