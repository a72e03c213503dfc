import ImageFormat
import Partition

/// The stream table of one SMMUv3 (Arm IHI 0070F.b, 3.3 and 5.1): linear where all ids are below 64, else of two levels
/// with 64 entries to a table. Ids of nobody are invalid, at the first level or the second.
struct StreamTable: Sendable {
  /// Entries of a table of entries.
  private static let leafEntries = SMMUMemory.leafEntries

  /// A block of stream ids and where it has its entries.
  struct Block: Sendable {
    /// Which streams of whom.
    let stream: StreamPlan
    /// Place of the first entry among all entries of this table.
    let firstEntry: Int
    /// How many entries.
    let entryCount: Int

    /// The block has two to this power ids.
    var idBits: Int { stream.mask.nonzeroBitCount }
  }

  /// The blocks, by id.
  let blocks: [Block]
  /// log2 of the number of ids that the table knows.
  private let idBits: Int
  /// First-level descriptors: the table of entries that each leads to, by number; empty for a linear table.
  private let firstLevel: [Int?]
  /// How many tables of entries there are.
  private let leafCount: Int

  /// Lays out the streams of an SMMU; rules have seen to it that every mask is a run of low bits and no id is too large.
  init(_ plan: SMMUPlan) {
    let highest = plan.streams.map { $0.id | $0.mask }.max() ?? 0
    idBits = max(6, min(Limits.streamBits, UInt32.bitWidth - highest.leadingZeroBitCount))
    var descriptors = [Int?](repeating: nil, count: 1 << (idBits - 6))
    var leaves = 0
    var blocks: [Block] = []
    for stream in plan.streams {
      let first = Int(stream.id) / Self.leafEntries
      let groups = first...min(Int(stream.id | stream.mask) / Self.leafEntries, descriptors.count - 1)
      // A block that fills tables has one for all of its ids; smaller ones share that of their 64 ids.
      let leaf = descriptors[first] ?? leaves
      if leaf == leaves { leaves += 1 }
      for group in groups { descriptors[group] = leaf }
      let count = min(1 << stream.mask.nonzeroBitCount, Self.leafEntries)
      let place = leaf * Self.leafEntries + Int(stream.id) % Self.leafEntries
      blocks.append(Block(stream: stream, firstEntry: place, entryCount: count))
    }
    self.blocks = blocks
    firstLevel = idBits == 6 ? [] : descriptors
    leafCount = leaves
  }

  /// Bytes of the first level; 0 for a linear table.
  var rootSize: UInt64 { UInt64(firstLevel.count) * 8 }
  /// Its alignment: its size, 64 bytes at least (IHI 0070, 6.3.24).
  var rootAlignment: UInt64 { max(64, rootSize) }
  /// Bytes of the tables of entries; each is aligned to its size, a page.
  var entriesSize: UInt64 { UInt64(leafCount * Self.leafEntries) * StreamTableEntry.size }

  /// SMMU_STRTAB_BASE_CFG (6.3.25): LOG2SIZE in bits 5:0; of two levels SPLIT (bits 10:6) 6 and FMT (bits 17:16) 0b01.
  var format: UInt32 { UInt32(idBits) | (firstLevel.isEmpty ? 0 : 6 << 6 | 1 << 16) }

  /// The first level, for entries at a physical address: L2Ptr, and Span (bits 4:0) 7 for 64 entries (5.1).
  func rootBytes(entriesAt address: UInt64) -> [UInt8] {
    let size = UInt64(Self.leafEntries) * StreamTableEntry.size
    var bytes: [UInt8] = []
    for leaf in firstLevel { bytes.append(littleEndian: leaf.map { address + UInt64($0) * size | 7 } ?? 0) }
    return bytes
  }

  /// The entries; `entry` says what those of a domain, by position, are.
  func entryBytes(_ entry: (Int) -> StreamTableEntry) -> [UInt8] {
    var words = [UInt64](repeating: 0, count: leafCount * Self.leafEntries * 8)
    for block in blocks {
      let contents = entry(block.stream.domain).words
      for index in block.firstEntry..<block.firstEntry + block.entryCount {
        words.replaceSubrange(index * 8..<index * 8 + 8, with: contents)
      }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 8)
    for word in words { bytes.append(littleEndian: word) }
    return bytes
  }
}
