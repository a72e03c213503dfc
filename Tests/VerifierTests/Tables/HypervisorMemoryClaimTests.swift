import BulkheadKit
import Testing

@testable import Verifier

@Suite("The hypervisor's memory in the demonstration")
struct HypervisorMemoryClaimTests {
  private func findings(_ place: UInt64, _ edit: (UInt64) -> UInt64) throws -> [Finding] {
    let built = try BuiltSystem.cockpit.get()
    let image = try built.image.editing(place, edit)
    return Verifier.verify(image: image, pieces: built.pieces, context: built.context).findings
  }

  private func explained(_ findings: [Finding]) -> [String] {
    findings.filter { $0.rule.rawValue == "BH-VER-019" }.map(\.message)
  }

  @Test("a byte between two roots, in a state, and behind the last history has to be zero")
  func zeros() throws {
    let system = try BuiltSystem.cockpit.get().system()
    let root = system.hypervisorMap.root
    #expect(
      explained(try findings(root.last + 9) { $0 | 1 << 40 }).contains { $0.contains("is not zero, and nothing") })
    let state = system.partition.cpus[2].state
    let messages = explained(try findings(state + 64) { $0 | 1 })
    #expect(messages.contains { $0.contains("has to start as zeros") && $0.contains((state + 64).hexadecimal) })
    let history = system.domains.compactMap(\.record.restart?.history).max() ?? 0
    let end = history + PartitionOffsets.Restart.historySize
    #expect(end % Granule.page != 0)
    #expect(explained(try findings(end) { $0 | 1 << 7 }).contains { $0.contains("nothing explains it") })
  }

  @Test("two CPU records of one state, and a stack moved by a page, are refused")
  func records() throws {
    let built = try BuiltSystem.cockpit.get()
    let system = try built.system()
    let table = system.partition.range
    let words = stride(from: table.base, to: table.last - 6, by: 8)
    let cpu = system.partition.cpus[1]
    let state = try #require(words.first { built.image.word($0) == cpu.state })
    let shared = try findings(state) { _ in system.partition.cpus[0].state }
    #expect(explained(shared).contains { $0.contains("overlaps the state of CPU") })
    #expect(shared.contains { $0.rule.rawValue == "BH-VER-020" })
    let moved = try findings(state) { $0 + Granule.page }
    #expect(moved.contains { $0.rule.rawValue == "BH-VER-016" && $0.message.contains("stack of CPU") })
    for distance in [64, 0 &- 64] as [UInt64] {
      let broken = try findings(state) { $0 &+ distance }
      #expect(broken.contains { $0.rule.rawValue == "BH-VER-020" && $0.message.contains("does not end with a page") })
    }
  }
}
