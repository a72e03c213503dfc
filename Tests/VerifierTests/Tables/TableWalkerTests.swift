import Diagnostics
import Ownership
import Testing

@testable import Verifier

@Suite("Walking tables made by hand")
struct TableWalkerTests {
  private static let attributes = Stage2Bits.memory

  /// A root in page 0, a level 2 table in page 1, a level 3 table in page 2; one leaf of each size.
  private func sample() -> SyntheticTables {
    var tables = SyntheticTables(pages: 3)
    tables[0, 0] = SyntheticTables.table(1)
    tables[0, 1] = 0x8000_0000 | Self.attributes | 0b01
    tables[1, 3] = SyntheticTables.table(2)
    tables[1, 4] = 0x5020_0000 | Self.attributes | 0b01
    tables[2, 511] = 0x501F_F000 | Self.attributes | 0b11
    return tables
  }

  @Test("every leaf is found with input, output, level and place, and neighbours are joined to runs")
  func leaves() throws {
    let reading = try sample().walk()
    #expect(reading.findings == [])
    #expect(reading.leaves.map(\.input) == [0x7F_F000, 0x80_0000, 0x4000_0000])
    #expect(reading.leaves.map(\.output) == [0x501F_F000, 0x5020_0000, 0x8000_0000])
    #expect(reading.leaves.map(\.level) == [3, 2, 1])
    #expect(reading.leaves.map(\.place) == [(2, 511), (1, 4), (0, 1)].map(SyntheticTables.place))
    #expect(
      reading.runs.map(\.input) == [
        AddressRange(base: 0x7F_F000, size: 0x20_1000), AddressRange(base: 1 << 30, size: 1 << 30),
      ])
    #expect(reading.tables == [1, 2].map { SyntheticTables.table($0) & ~0b11 })
    #expect(reading.root == AddressRange(base: SyntheticTables.base, size: 32))
    #expect(reading.entries == 4 + 512 + 512)
    #expect(reading.run(at: 0x80_1234)?.output(of: 0x80_1234) == 0x5020_1234)
    #expect(reading.run(at: 0x7F_EFFF) == nil)
    let across = try #require(AddressRange(base: 0x7F_FFFF, size: 2))
    #expect(reading.outputs(of: across) == AddressRange(base: 0x501F_FFFF, size: 2))
  }

  /// An entry that is put somewhere, and words of the finding.
  struct Malformed: CustomTestStringConvertible, Sendable {
    let page: Int
    let index: Int
    let entry: UInt64
    let words: String
    var testDescription: String { "\(entry.hexadecimal) in page \(page): \(words)" }
  }

  private static let page = 0x5000_0000 | attributes | 0b11
  private static let block = 0x5020_0000 | attributes | 0b01
  private static let ignored = Array(2...11) + Array(48...63) as [UInt64]

  static let malformed: [Malformed] =
    [
      Malformed(page: 0, index: 2, entry: 1 << 63, words: "invalid, and then all of it has to be zero"),
      Malformed(page: 1, index: 0, entry: 0b10, words: "invalid, and then all of it has to be zero"),
      Malformed(page: 2, index: 0, entry: page & ~1, words: "invalid, and then all of it has to be zero"),
      Malformed(page: 2, index: 0, entry: page & ~2, words: "reserved at level 3 (a page has 0b11)"),
      Malformed(page: 2, index: 0, entry: page | 1 << 52, words: "the Contiguous bit (52) is set"),
      Malformed(page: 1, index: 0, entry: block | 1 << 52, words: "the Contiguous bit (52) is set"),
      Malformed(page: 0, index: 2, entry: 0x8000_0001 | attributes | 1 << 52, words: "the Contiguous bit (52) is set"),
      Malformed(page: 1, index: 0, entry: block | 1 << 12, words: "bits 0x1000 below the size"),
      Malformed(page: 1, index: 0, entry: block | 1 << 16, words: "bits 0x10000 below the size"),
      Malformed(page: 1, index: 0, entry: block | 1 << 20, words: "bits 0x100000 below the size"),
      Malformed(page: 0, index: 2, entry: 0x8000_0001 | attributes | 1 << 29, words: "bits 0x20000000 below the size"),
      Malformed(page: 2, index: 0, entry: page | 1 << 48, words: "bits 49:48 are not zero"),
      Malformed(page: 1, index: 0, entry: block | 1 << 49, words: "bits 49:48 are not zero"),
      Malformed(page: 2, index: 0, entry: page | 1 << 40, words: "beyond the 40 bits that PS says"),
      Malformed(page: 0, index: 2, entry: 1 << 47 | attributes | 0b01, words: "beyond the 40 bits that PS says"),
      Malformed(page: 1, index: 0, entry: 0x4FFF_F003, words: "outside the hypervisor's memory"),
      Malformed(page: 0, index: 2, entry: 0x4000_3003, words: "outside the hypervisor's memory"),
      Malformed(page: 0, index: 2, entry: SyntheticTables.table(1), words: "another entry leads to as well"),
      Malformed(page: 1, index: 0, entry: SyntheticTables.table(1), words: "another entry leads to as well"),
      Malformed(page: 1, index: 5, entry: SyntheticTables.table(2), words: "another entry leads to as well"),
    ]
    + ignored.map {
      Malformed(
        page: 0, index: 0, entry: SyntheticTables.table(1) | 1 << $0,
        words: "bits \(((1 as UInt64) << $0).hexadecimal) beside the address")
    }

  @Test("an entry that is not exactly a valid one or zero is refused, with its value and place", arguments: malformed)
  func refused(entry: Malformed) throws {
    var tables = sample()
    tables[entry.page, entry.index] = entry.entry
    let finding = try #require(try tables.walk().findings.first { $0.message.contains(entry.words) })
    #expect(finding.rule.rawValue == "BH-VER-010")
    #expect(finding.message.contains("stage 2 of domain cluster"))
    #expect(finding.message.contains(entry.entry.hexadecimal))
    #expect(finding.message.contains(SyntheticTables.place(entry.page, entry.index).hexadecimal))
  }

  @Test("a block at level 0 is reserved there")
  func levelZeroBlock() throws {
    var tables = SyntheticTables(pages: 1)
    tables[0, 5] = 0b01 | Self.attributes
    let control: UInt64 = 16 | 2 << 6 | 5 << 16
    let findings = try tables.walk(control: control).findings
    #expect(findings.map { $0.message.contains("reserved at level 0 (a table has 0b11)") } == [true])
  }

  @Test("a table in the hypervisor's memory that nothing is loaded to is refused")
  func notLoaded() throws {
    var tables = sample()
    tables[1, 0] = SyntheticTables.table(3)
    let findings = try tables.walk(window: 4 * 4096).findings
    #expect(findings.map { $0.message.contains("nothing is loaded to") } == [true])
  }

  @Test("tables that lead to one another and to themselves are read once each")
  func loops() throws {
    var tables = SyntheticTables(pages: 4)
    for page in 1...3 {
      for index in 0..<512 { tables[page, index] = SyntheticTables.table(1 + (index + page) % 3) }
    }
    for index in 0..<4 { tables[0, index] = SyntheticTables.table(1) }
    let reading = try tables.walk()
    #expect(reading.entries == 4 + 3 * 512)
    #expect(reading.findings.count == CappedFindings.limit + 1)
  }

  @Test("findings are capped, and the rest is counted")
  func flood() throws {
    var tables = sample()
    for index in 0..<512 { tables[2, index] = 0b10 }
    let findings = try tables.walk().findings
    #expect(findings.count == CappedFindings.limit + 1)
    #expect(findings.last?.message == "and \(512 - CappedFindings.limit) more of the same kind")
  }

  @Test("concatenated tables are one root, and an entry behind the first 512 counts")
  func concatenated() throws {
    var tables = SyntheticTables(pages: 2)
    tables[1, 188] = 0x4000_0000 | Self.attributes | 0b01
    let reading = try tables.walk(control: 24 | 1 << 6 | 2 << 16)
    #expect(reading.root.size == 8192)
    #expect(reading.leaves.map(\.input) == [700 << 30])
    #expect(reading.findings == [])
  }

  @Test("a walk of 48 bits starts at level 0, of EL2's map as of stage 2")
  func levelZero() throws {
    var tables = SyntheticTables(pages: 4)
    tables[0, 256] = SyntheticTables.table(1)
    tables[1, 0] = SyntheticTables.table(2)
    tables[2, 1] = SyntheticTables.table(3)
    tables[3, 2] = 0x8000_0000_2000 | Stage1Bits.read | 0b11
    for (translation, control) in [(Translation.hypervisor, 16 | 5 << 16), (.domain("a"), 16 | 2 << 6 | 5 << 16)]
      as [(Translation, UInt64)]
    {
      let reading = try tables.walk(translation, control: control)
      #expect(reading.startLevel == 0)
      #expect(reading.leaves.map(\.input) == [1 << 47 | 0x20_2000])
      #expect(reading.leaves.map(\.output) == [1 << 47 | 0x2000])
    }
  }

  @Test(
    "no walk starts with a granule, size, level or root that is not supported",
    arguments: [
      (32 | 1 << 6 | 2 << 16 | 1 << 14, 0x4000_0000, "TG0"), (32 | 1 << 6 | 6 << 16, 0x4000_0000, "PS"),
      (32 | 0 << 6 | 2 << 16, 0x4000_0000, "level 0 or 1"), (32 | 3 << 6 | 2 << 16, 0x4000_0000, "level 0 or 1"),
      (34 | 1 << 6 | 2 << 16, 0x4000_0000, "level 0 or 1"), (20 | 1 << 6 | 2 << 16, 0x4000_0000, "level 0 or 1"),
      (15 | 2 << 6 | 2 << 16, 0x4000_0000, "level 0 or 1"), (32 | 1 << 6 | 2 << 16, 0x4000_0020, "multiple of 64"),
      (24 | 1 << 6 | 2 << 16, 0x4000_1000, "multiple of 8192"),
      (32 | 1 << 6 | 2 << 16, 0x3FFF_FFC0, "not in the hypervisor's memory"),
    ] as [(UInt64, UInt64, String)])
  func unusable(control: UInt64, root: UInt64, words: String) throws {
    #expect {
      try sample().walk(root: root, control: control)
    } throws: { error in
      let finding = (error as? VerifierError)?.finding
      return finding?.rule.rawValue == "BH-VER-007" && finding?.message.contains(words) == true
    }
  }
}
