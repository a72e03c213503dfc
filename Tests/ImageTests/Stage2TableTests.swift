import Ownership
import Testing

@testable import Image

@Suite("Stage-2 tables, decoded again by a walker of their own")
struct Stage2TableTests {
  private static let base: UInt64 = 0x4_0000_0000

  private func walker(_ table: Stage2Table) -> TableWalker {
    let root = Self.base + table.table.rootAlignment
    let tables = (root + table.table.rootSize + 4095) & ~4095
    let gap = [UInt8](repeating: 0, count: Int(tables - root - table.table.rootSize))
    let before = [UInt8](repeating: 0xFF, count: Int(root - Self.base))
    return TableWalker(
      memory: before + table.table.rootBytes(tablesAt: tables, .identity) + gap
        + table.table.tableBytes(at: tables, .identity),
      base: Self.base, root: table.base(at: root, domainIndex: 3), control: table.control, stage: .stage2)
  }

  @Test("hold exactly what the plan gives, for random domains", arguments: [32, 36, 40, 44, 48])
  func equalsPlan(bits: Int) throws {
    let addressSize = try #require(PhysicalAddressSize(available: 48))
    for seed in 0..<40 as Range<UInt64> {
      let domain = try #require(try RandomDomain(seed: seed << 8 | UInt64(bits), bits: bits))
      let walker = walker(try Stage2Table(domain.plan, channels: domain.channels, addressSize: addressSize))
      let found = MappedRun.joined(walker.leaves().map { MappedRun($0.input, $0.leaf) })
      let isEqual = found == domain.expected
      #expect(isEqual, "seed \(seed): \(found.count) runs, and \(domain.expected.count) were planned")
    }
  }

  @Test("answer for every page, and fault on every page beside them", arguments: 0..<12 as Range<UInt64>)
  func pageByPage(seed: UInt64) throws {
    let addressSize = try #require(PhysicalAddressSize(available: 48))
    let domain = try #require(try RandomDomain(seed: seed, bits: 33))
    let walker = walker(try Stage2Table(domain.plan, channels: domain.channels, addressSize: addressSize))
    var wrong: [UInt64] = []
    for run in domain.expected {
      for offset in stride(from: 0, to: run.size, by: 4096) {
        let leaf = walker.walk(run.input + offset + 0xABC)
        if leaf?.output != run.output + offset + 0xABC || leaf?.access != run.access {
          wrong.append(run.input + offset)
        }
      }
      for neighbour in [run.input &- 1, run.input + run.size] {
        let isMapped = domain.expected.contains { $0.input <= neighbour && neighbour - $0.input < $0.size }
        #expect((walker.walk(neighbour) != nil) == isMapped)
      }
    }
    #expect(domain.expected.contains { $0.size > 0 })
    #expect(wrong.isEmpty)
  }

  @Test("have a root as small as the address size allows", arguments: [(32, 32), (39, 4096), (40, 8192), (43, 65536)])
  func rootSize(bits: Int, size: UInt64) throws {
    let table = TranslationTable(startLevel: 1, inputBits: bits)
    #expect(table.rootSize == size)
    #expect(table.rootAlignment == max(64, size))
  }

  @Test("use one gigabyte block where both addresses allow it, and pages where they do not")
  func largestBlocks() throws {
    var aligned = TranslationTable(startLevel: 1, inputBits: 39)
    let gigabyte = try #require(AddressRange(base: 0x8000_0000, size: 1 << 30))
    try aligned.map(gigabyte, to: 0x1_0000_0000, attributes: Stage2Attributes.memory)
    #expect(aligned.count == 0)
    var misaligned = TranslationTable(startLevel: 1, inputBits: 39)
    try misaligned.map(gigabyte, to: 0x1_0000_1000, attributes: Stage2Attributes.memory)
    // The gigabyte lies in one level-2 table; each of its 512 entries leads to pages.
    #expect(misaligned.count == 1 + 512)
  }

  @Test("refuse an address that is mapped twice, by whatever block")
  func overlap() throws {
    var table = TranslationTable(startLevel: 1, inputBits: 39)
    let block = try #require(AddressRange(base: 0x20_0000, size: 2 << 20))
    let page = try #require(AddressRange(base: 0x30_0000, size: 4096))
    try table.map(block, to: 0, attributes: Stage2Attributes.memory)
    #expect(throws: TranslationTableError.overlap(0x30_0000)) {
      try table.map(page, to: 0, attributes: Stage2Attributes.memory)
    }
    var other = TranslationTable(startLevel: 1, inputBits: 39)
    try other.map(page, to: 0, attributes: Stage2Attributes.memory)
    #expect(throws: TranslationTableError.overlap(0x20_0000)) {
      try other.map(block, to: 0, attributes: Stage2Attributes.memory)
    }
  }

  @Test("refuse what they cannot say")
  func limits() throws {
    var table = TranslationTable(startLevel: 1, inputBits: 39)
    let half = try #require(AddressRange(base: 0x1000, size: 0x800))
    let beyond = try #require(AddressRange(base: 1 << 39, size: 4096))
    let high = try #require(AddressRange(base: 0, size: 8192))
    #expect(throws: TranslationTableError.misaligned(half)) { try table.map(half, to: 0, attributes: 0) }
    #expect(throws: TranslationTableError.inputTooLarge(beyond)) { try table.map(beyond, to: 0, attributes: 0) }
    #expect(throws: TranslationTableError.outputTooLarge(high)) {
      try table.map(high, to: (1 << 48) - 4096, attributes: 0)
    }
    let huge = try #require(AddressRange(base: 0, size: 64 << 30))
    #expect(throws: TranslationTableError.tooManyTables(TranslationTable.limit)) {
      try table.map(huge, to: 4096, attributes: Stage2Attributes.memory)
    }
  }
}
