import Ownership

/// A block or page descriptor: what one entry of a translation table maps.
public struct Leaf: Hashable, Sendable {
  /// First input address.
  public let input: UInt64
  /// First output address.
  public let output: UInt64
  /// Level of the table that it stands in: 1, 2 or 3.
  public let level: UInt8
  /// The 64 bits as they stand there.
  public let descriptor: UInt64
  /// Physical address of the descriptor.
  public let place: UInt64

  /// Bytes that it maps: 1 GiB, 2 MiB or 4 KiB.
  public var size: UInt64 { 1 << (12 + 9 * (3 - UInt64(level))) }
}
