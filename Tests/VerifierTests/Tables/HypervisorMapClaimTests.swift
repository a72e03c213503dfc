import BulkheadKit
import Testing

@testable import Verifier

@Suite("EL2's map in the demonstration")
struct HypervisorMapClaimTests {
  private func findings(_ place: UInt64, _ edit: (UInt64) -> UInt64) throws -> [Finding] {
    let built = try BuiltSystem.cockpit.get()
    let image = try built.image.editing(place, edit)
    return Verifier.verify(image: image, pieces: built.pieces, context: built.context).findings
  }

  private func leaf(at address: UInt64) throws -> Leaf {
    let map = try BuiltSystem.cockpit.get().system().hypervisorMap
    return try #require(map.leaves.first { $0.input <= address && address < $0.input + $0.size })
  }

  private func sections() throws -> HypervisorSections { try BuiltSystem.cockpit.get().system().hypervisor }

  @Test("data that becomes executable breaks W^X, text that becomes writable as well")
  func writeXorExecute() throws {
    let data = try findings(leaf(at: sections().data.base).place) { $0 & ~Stage1Bits.executeNever }
    #expect(data.filter { $0.rule.rawValue == "BH-VER-014" }.count == 2)
    let text = try findings(leaf(at: sections().text.base).place) { $0 & ~Stage1Bits.readOnly }
    #expect(text.contains { $0.rule.rawValue == "BH-VER-014" && $0.message.contains("both writable and executable") })
  }

  @Test("an output address that is not the input address is refused")
  func identity() throws {
    let found = try findings(leaf(at: sections().data.base).place) { $0 ^ 1 << 20 }
    #expect(found.contains { $0.rule.rawValue == "BH-VER-015" })
  }

  @Test("every attribute bit of every kind of page counts, and the part is named")
  func rights() throws {
    let built = try BuiltSystem.cockpit.get()
    let system = try built.system()
    let parts = [
      (system.hypervisor.text.base, "text"), (system.hypervisor.readOnlyData.base, "read-only data"),
      (system.partition.range.base, "partition table"), (system.domains[0].record.state, "state of domain"),
      (system.partition.cpus[0].state - 8, "stack of CPU"), (system.partition.distributor, "registers"),
      (system.partition.consoleBase, "registers"),
    ]
    let bits = Array(2...11) + Array(53...63) as [UInt64]
    for (address, name) in parts {
      let place = try leaf(at: address).place
      for bit in bits {
        let found = try findings(place) { $0 ^ 1 << bit }.filter { $0.rule.rawValue == "BH-VER-016" }
        #expect(found.contains { $0.message.contains(name) }, "\(name), bit \(bit)")
      }
      let unmapped = try findings(place) { _ in 0 }
      #expect(unmapped.contains { $0.rule.rawValue == "BH-VER-016" && $0.message.contains("is not mapped at EL2") })
    }
  }

  @Test("a page of a domain, a table, and a guard page in EL2's map are refused")
  func additionalPages() throws {
    let built = try BuiltSystem.cockpit.get()
    let system = try built.system()
    let stack = try leaf(at: system.partition.cpus[1].state - 8)
    let below = system.partition.cpus[1].state - system.hypervisor.stackSize - Granule.page
    // The entry of the page below the stack, in the same table.
    let place = stack.place - (stack.input - below) / Granule.page * 8
    #expect(built.image.word(place) == 0)
    let guarded = try findings(place) { _ in below | Stage1Bits.readWrite | DescriptorBits.tableOrPage }
    #expect(guarded.contains { $0.rule.rawValue == "BH-VER-020" && $0.message.contains("can be written at EL2") })
    let table = try #require(system.domains[0].stage2.tables.first)
    let writable = try findings(place) { _ in table | Stage1Bits.readWrite | DescriptorBits.tableOrPage }
    #expect(writable.contains { $0.rule.rawValue == "BH-VER-018" && $0.message.contains("EL2 can write") })
    let memory = try #require(system.domains[0].stage2.runs.first { $0.attributes == Stage2Bits.memory }).output.base
    let foreign = try findings(place) { _ in memory | Stage1Bits.read | DescriptorBits.tableOrPage }
    #expect(foreign.contains { $0.rule.rawValue == "BH-VER-017" && !$0.domains.isEmpty })
  }
}
