/// A stream record: a block of stream ids that a domain has.
public struct StreamReading: Hashable, Sendable {
  /// Physical address of the entry of the first id.
  public let entries: UInt64
  /// The first id.
  public let id: UInt32
  /// log2 of the number of ids.
  public let idBits: UInt32
  /// How many entries the block has.
  public let entryCount: UInt32
  /// Index of the domain record.
  public let domain: Int

  /// Bits of the id that do not count.
  public var mask: UInt32 { UInt32((UInt64(1) << UInt64(idBits)) - 1) }
  /// The page that holds the entries.
  var page: UInt64 { entries & ~4095 }
}
