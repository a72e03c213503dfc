/// Reads the SMMU records and which of the stream records are theirs: each takes the next ones, and none is left over.
struct SMMUReader {
  private typealias SMMU = PartitionOffsets.SMMU
  private typealias Stream = PartitionOffsets.Stream
  /// Entries in one table of 4 KiB: SPLIT = 6 (Arm IHI 0070F.b, 6.3.25).
  private static let tableEntries: UInt32 = 64

  let records: RecordBytes
  /// Offsets of the first records, and how many there are.
  let smmusAt: Int
  let smmuCount: Int
  let streamsAt: Int
  let streamCount: Int
  /// How many records of domains and CPUs there are.
  let domainCount: Int
  let cpuCount: Int

  /// The SMMUs in the order of their records.
  func read() throws(VerifierError) -> [SMMUReading] {
    var smmus: [SMMUReading] = []
    var taken = 0
    for index in 0..<smmuCount { smmus.append(try read(index, &taken)) }
    try records.require(
      taken == streamCount, at: PartitionOffsets.Head.streamCount,
      "has \(streamCount) stream records, and its SMMUs take \(taken)")
    return smmus
  }

  private func read(_ index: Int, _ taken: inout Int) throws(VerifierError) -> SMMUReading {
    let place = smmusAt + index * SMMU.total
    let first: UInt32 = try records.number(at: place + SMMU.firstStream)
    let count: UInt32 = try records.number(at: place + SMMU.streamCount)
    try records.require(
      Int(first) == taken, at: place + SMMU.firstStream,
      "gives SMMU record \(index) the stream records from \(first), and those before it end with \(taken)")
    try records.require(
      count > 0 && Int(count) <= streamCount - taken, at: place + SMMU.streamCount,
      "gives SMMU record \(index) \(count) stream records, not 1 to \(streamCount - taken)")
    var streams: [StreamReading] = []
    for number in taken..<taken + Int(count) {
      let stream = try stream(number)
      try records.require(
        streams.last.map { $0.id | $0.mask < stream.id } ?? true, at: streamsAt + number * Stream.total + Stream.id,
        "has stream record \(number) that does not lie behind the one before it")
      streams.append(stream)
    }
    taken += Int(count)
    let cpu: UInt32 = try records.number(at: place + SMMU.cpu)
    try records.require(
      Int(cpu) < cpuCount, at: place + SMMU.cpu, "sends the interrupts of SMMU record \(index) to CPU record \(cpu)")
    let memory: UInt64 = try records.number(at: place + SMMU.memory)
    try records.require(
      memory % 4096 == 0, at: place + SMMU.memory, "has memory of SMMU record \(index) that does not start on a page")
    return SMMUReading(
      registers: try records.number(at: place + SMMU.registers), memory: memory,
      streamTable: try records.number(at: place + SMMU.streamTable),
      format: try records.number(at: place + SMMU.format),
      physicalAddressBits: try records.number(at: place + SMMU.physicalAddressBits),
      eventINTID: try records.number(at: place + SMMU.eventINTID),
      errorINTID: try records.number(at: place + SMMU.errorINTID),
      edges: try records.number(at: place + SMMU.edges), cpu: cpu, streams: streams)
  }

  private func stream(_ index: Int) throws(VerifierError) -> StreamReading {
    let place = streamsAt + index * Stream.total
    let bits: UInt32 = try records.number(at: place + Stream.idBits)
    try records.require(
      bits <= PartitionLimits.streamBits, at: place + Stream.idBits, "has stream record \(index) of 2^\(bits) ids")
    let domain: UInt32 = try records.number(at: place + Stream.domain)
    try records.require(
      Int(domain) < domainCount, at: place + Stream.domain, "gives stream record \(index) to domain record \(domain)")
    let stream = StreamReading(
      entries: try records.number(at: place + Stream.entries), id: try records.number(at: place + Stream.id),
      idBits: bits, entryCount: try records.number(at: place + Stream.entryCount), domain: Int(domain))
    try records.require(
      stream.id & stream.mask == 0 && stream.id >> PartitionLimits.streamBits == 0, at: place + Stream.id,
      "has stream record \(index) from id \(UInt64(stream.id).hexadecimal) on, no multiple of its length or too large")
    try records.require(
      stream.entryCount == min(1 << bits, Self.tableEntries), at: place + Stream.entryCount,
      "gives stream record \(index) \(stream.entryCount) entries")
    // Where the entry of an id stands in its table.
    let offset = UInt64(stream.id & (Self.tableEntries - 1)) * 64
    try records.require(
      stream.entries & 4095 == offset, at: place + Stream.entries,
      "has the entries of stream record \(index) at \(stream.entries.hexadecimal), not at \(offset.hexadecimal) of a table"
    )
    return stream
  }
}
