/// A block of stream ids that a domain has.
public struct StreamRecord {
  /// Physical address of the stream table entry of the first id.
  public var entries: UInt64
  /// The first id, a multiple of the block's length.
  public var id: UInt32
  /// The block has 1 << `idBits` ids.
  public var idBits: UInt32
  /// How many entries it has: one for each id, or in a block of more than `SMMUMemory.leafEntries` those of one table
  /// that all of its first-level descriptors lead to.
  public var entryCount: UInt32
  /// Index of its domain record.
  public var domain: UInt32
}
