import BulkheadKit
import Testing

@testable import Verifier

@Suite("Translation registers in the partition table of the demonstration")
struct RegisterClaimTests {
  /// Ids of the claims that fail, and of the reading, with a number of the image changed.
  private func refusals(_ address: UInt64, _ edit: (UInt64) -> UInt64) throws -> [String] {
    let built = try BuiltSystem.cockpit.get()
    let image = try built.image.editing(address, edit)
    return Verifier.verify(image: image, pieces: built.pieces, context: built.context).findings.map(\.rule.rawValue)
  }

  /// The address of the one word of the partition table that has a value.
  private func place(of value: UInt64) throws -> UInt64 {
    let built = try BuiltSystem.cockpit.get()
    let table = try built.system().partition.range
    let places = stride(from: table.base, to: table.last - 6, by: 4).filter { built.image.word($0) == value }
    return try #require(places.count == 1 ? places.first : nil)
  }

  @Test("no bit of VTCR_EL2 and VTTBR_EL2 can be changed", arguments: 0..<64 as Range<UInt64>)
  func stage2(bit: UInt64) throws {
    let domain = try #require(try BuiltSystem.cockpit.get().system().domains.last)
    let table = try place(of: domain.record.stage2Table)
    // VTCR_EL2 stands behind VTTBR_EL2 in a domain record.
    #expect(try refusals(table) { $0 ^ 1 << bit } != [], "VTTBR_EL2, bit \(bit)")
    let ids = try refusals(table + 8) { $0 ^ 1 << bit }
    #expect(ids.contains("BH-VER-011") || ids == ["BH-VER-007"], "VTCR_EL2, bit \(bit): \(ids)")
  }

  @Test("no bit of TTBR0_EL2, TCR_EL2 and MAIR_EL2 can be changed", arguments: 0..<64 as Range<UInt64>)
  func hypervisor(bit: UInt64) throws {
    let table = try place(of: try BuiltSystem.cockpit.get().system().partition.translationTable)
    #expect(try refusals(table) { $0 ^ 1 << bit } != [], "TTBR0_EL2, bit \(bit)")
    for place in [table + 8, table + 16] {
      let ids = try refusals(place) { $0 ^ 1 << bit }
      #expect(ids.contains("BH-VER-012") || ids == ["BH-VER-007"], "bit \(bit): \(ids)")
    }
  }

  @Test("a wrong field is named with what it is and what it should be")
  func words() throws {
    let built = try BuiltSystem.cockpit.get()
    let domain = try #require(try built.system().domains.first)
    let place = try place(of: domain.record.stage2Table) + 8
    let image = try built.image.editing(place) { (value: UInt64) in value | 1 << 21 | 1 << 24 }
    let findings = Verifier.verify(image: image, pieces: built.pieces, context: built.context).findings
    let message = try #require(findings.first { $0.rule.rawValue == "BH-VER-011" }?.message)
    #expect(message.contains("VTCR_EL2 of domain cluster"))
    #expect(message.contains("HA (21:21) is 0x1, not 0x0"))
    #expect(message.contains("reserved bits 0x1000000"))
  }
}
