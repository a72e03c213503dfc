import BulkheadKit
import Testing

@testable import Verifier

@Suite("Leaves of the demonstration's stage-2 tables")
struct LeafClaimTests {
  private func findings(_ place: UInt64, _ edit: (UInt64) -> UInt64) throws -> [Finding] {
    let built = try BuiltSystem.cockpit.get()
    let image = try built.image.editing(place, edit)
    return Verifier.verify(image: image, pieces: built.pieces, context: built.context).findings
  }

  private func domain(_ name: String) throws -> FinishedDomain {
    try #require(try BuiltSystem.cockpit.get().system().domains.first { $0.name == name })
  }

  @Test("no attribute of any leaf can be changed, and what it is and should be is said")
  func attributes() throws {
    let attributeBits = Array(2...11) + Array(53...63) as [UInt64]
    for name in ["cluster", "infotainment"] {
      let runs = try domain(name).stage2.runs
      #expect(runs.count >= 3)
      for run in runs {
        for bit in attributeBits {
          let found = try findings(run.place) { $0 ^ 1 << bit }.filter { $0.rule.rawValue == "BH-VER-013" }
          let message = found.first?.message ?? ""
          #expect(message.contains("domain \(name)"), "\(run.input), bit \(bit)")
          #expect(message.contains("it should be"), "\(run.input), bit \(bit)")
        }
      }
    }
  }

  @Test("a reader's channel that becomes writable is refused as a channel that it may not write")
  func writableChannel() throws {
    let reader = try domain("infotainment")
    let run = try #require(reader.stage2.runs.first { $0.attributes == Stage2Bits.channelReader })
    let found = try findings(run.place) { $0 | Stage2Bits.writable }
    let message = try #require(found.first { $0.rule.rawValue == "BH-VER-013" }?.message)
    #expect(message.contains("a channel that the domain may not write"))
    #expect(message.contains("as Normal Non-cacheable, read-write, never executable"))
    #expect(message.contains(run.output.base.hexadecimal) && message.contains(run.input.base.hexadecimal))
  }

  @Test("a leaf that points at EL2's memory or at a table is refused by both claims about it")
  func reachesTables() throws {
    let cluster = try domain("cluster")
    let table = try #require(cluster.stage2.tables.first)
    let page = try #require(cluster.stage2.leaves.first { $0.level == 3 })
    let found = try findings(page.place) { $0 & ~DescriptorBits.address | table }
    let ids = Set(found.map(\.rule.rawValue))
    #expect(ids.contains("BH-VER-018"))
    let text = try BuiltSystem.cockpit.get().system().hypervisor.text.base
    let other = try findings(page.place) { $0 & ~DescriptorBits.address | text }
    #expect(other.contains { $0.rule.rawValue == "BH-VER-017" && $0.domains == ["cluster"] })
  }

  @Test("a table that loses the entry that leads to it is a page that nothing explains")
  func unreachableTable() throws {
    let cluster = try domain("cluster")
    let built = try BuiltSystem.cockpit.get()
    let table = try #require(cluster.stage2.tables.first)
    #expect(cluster.stage2.tables.count > 1)
    let places = cluster.stage2.tables.flatMap { base in (0..<512).map { base + UInt64($0) * 8 } }
    let roots = stride(from: cluster.stage2.root.base, to: cluster.stage2.root.last, by: 8)
    let entry = try #require(
      (places + roots).first { built.image.word($0) == table | DescriptorBits.tableOrPage })
    let found = try findings(entry) { _ in 0 }
    #expect(
      found.contains { $0.rule.rawValue == "BH-VER-019" && $0.message.contains("is no part of the hypervisor") })
  }
}
