import Diagnostics
import Ownership

/// The stream table of an SMMUv3 as its words stand in the image (Arm IHI 0070F.b, 3.3.1).
public struct StreamTableReading: Sendable {
  /// The SMMU's record.
  public let record: SMMUReading
  /// Its first level; `nil` for a linear table, which is one table of entries.
  public let firstLevel: AddressRange?
  /// The first level's descriptors.
  let descriptors: [UInt64]
  /// The pages that hold its entries, by the records, each once.
  public let entryPages: [AddressRange]
  /// The words of each page.
  let words: [UInt64: [UInt64]]

  /// log2 of the number of ids that SMMU_STRTAB_BASE_CFG.LOG2SIZE says.
  var idBits: Int { Int(record.format & 0x3F) }

  /// Reads what a record leads to.
  ///
  /// - Throws: `VerifierError` if a table is not there at all; what its words should be is a claim's affair.
  init(_ record: SMMUReading, in image: MemoryImage, window: AddressRange) throws(VerifierError) {
    self.record = record
    func fault(_ words: String) -> VerifierError {
      VerifierError(
        VerifierRules.streamTable, "the stream table of the SMMU at \(record.registers.hexadecimal) \(words)",
        subjects: ["hypervisor"], resource: ResourceReference(.memory, record.streamTable.hexadecimal))
    }
    let bits = Int(record.format & 0x3F)
    guard (6...Int(PartitionLimits.streamBits)).contains(bits) else { throw fault("is one of 2^\(bits) streams") }
    // FMT, bits 17:16: 0b00 linear, 0b01 two levels (6.3.25).
    if record.format >> 16 & 0b11 == 0 {
      firstLevel = nil
      descriptors = []
    } else {
      guard let range = AddressRange(base: record.streamTable, size: 8 << UInt64(bits - 6)), window.contains(range),
        range.base % max(64, range.size) == 0, let words = image.words(at: range)
      else { throw fault("at \(record.streamTable.hexadecimal) is not in the hypervisor's memory, or not aligned") }
      firstLevel = range
      descriptors = words
    }
    var pages: [AddressRange] = []
    var contents: [UInt64: [UInt64]] = [:]
    for stream in record.streams where contents[stream.page] == nil {
      guard let page = AddressRange(base: stream.page, size: Granule.page), window.contains(page),
        let words = image.words(at: page)
      else { throw fault("has entries at \(stream.entries.hexadecimal), outside of the hypervisor's memory") }
      pages.append(page)
      contents[stream.page] = words
    }
    entryPages = pages.sorted()
    words = contents
  }

  /// The eight words of the first entry of a block.
  func entry(of stream: StreamReading) -> [UInt64] {
    let index = Int(stream.entries & 4095) / 8
    guard let page = words[stream.page], page.count >= index + 8 else { return [] }
    return Array(page[index..<index + 8])
  }
}
