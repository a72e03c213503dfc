import ImageFormat

/// The partition table as the runtime reads it: through the structs of `ImageFormat`, at their offsets.
struct PartitionTableReading {
  let head: PartitionTable
  let cpus: [CPURecord]
  let domains: [DomainRecord]
  let regions: [RegionRecord]
  let callRanges: [CallRange]
  let smmus: [SMMURecord]
  let streams: [StreamRecord]

  init(_ image: [UInt8], at offset: Int) {
    let table = Array(image[offset...])
    let head = Self.read(PartitionTable.self, 1, at: 0, table)[0]
    self.head = head
    cpus = Self.read(CPURecord.self, head.cpuCount, at: head.cpusOffset, table)
    domains = Self.read(DomainRecord.self, head.domainCount, at: head.domainsOffset, table)
    regions = Self.read(RegionRecord.self, head.regionCount, at: head.regionsOffset, table)
    callRanges = Self.read(CallRange.self, head.callRangeCount, at: head.callRangesOffset, table)
    smmus = Self.read(SMMURecord.self, head.smmuCount, at: head.smmusOffset, table)
    streams = Self.read(StreamRecord.self, head.streamCount, at: head.streamsOffset, table)
  }

  private static func read<Record>(_ type: Record.Type, _ count: UInt32, at offset: UInt32, _ bytes: [UInt8])
    -> [Record]
  {
    bytes.withUnsafeBytes { bytes in
      (0..<Int(count)).map { bytes.load(fromByteOffset: Int(offset) + $0 * MemoryLayout<Record>.stride, as: type) }
    }
  }
}

extension PartitionTable {
  /// Where the last array ends.
  var end: Int { Int(streamsOffset) + Int(streamCount) * MemoryLayout<StreamRecord>.stride }
}

extension DomainRecord {
  /// The name up to its first zero.
  var nameText: String {
    let bytes = name.indices.map { name[$0] }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The INTIDs in one of the masks.
  func intids(_ mask: KeyPath<DomainRecord, InlineArray<32, UInt32>>) -> [Int] {
    let words = self[keyPath: mask]
    return (0..<1024).filter { words[$0 / 32] >> UInt32($0 % 32) & 1 == 1 }
  }
}
