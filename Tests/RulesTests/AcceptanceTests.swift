import Diagnostics
import Ownership
import Partition
import Rules
import Testing

@Suite("Accepted manifests")
struct AcceptanceTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  @Test("come to a plan in which every resource has one owner")
  func accepted() throws {
    #expect(!Fixture.accepted.isEmpty)
    for (file, text) in Fixture.accepted {
      let outcome = bench.check(text)
      let problems = outcome.findings.filter { $0.severity > .note }.map { "\($0.rule): \($0.message)" }
      #expect(problems.isEmpty, "\(file): \(problems.joined(separator: "\n"))")
      let plan = try #require(outcome.planning?.plan, "\(file)")
      #expect(plan.draft.ownership.conflicts.isEmpty)
    }
  }

  @Test("own what the map says: RAM, registers, interrupts, CPUs, and a channel with its two sides")
  func ownership() throws {
    let text = try #require(Fixture.accepted.first { $0.file == "two-domains.yaml" }?.text)
    let plan = try #require(bench.check(text).planning?.plan)
    let map = plan.ownership
    #expect(map.claim(at: 0x5000_0000)?.owner == .domain("left"))
    #expect(map.claim(at: 0x50FF_FFFF)?.owner == .domain("left"))
    #expect(map.claim(at: 0x5100_0000)?.owner == .domain("right"))
    #expect(map.claim(at: 0x901_0000)?.owner == .domain("right"))
    #expect(map.claim(at: 0x900_0000)?.owner == .hypervisor)
    #expect(map.claim(at: 0x4020_0000)?.owner == .hypervisor)
    #expect(map.claim(on: .interrupt(34))?.owner == .domain("right"))
    #expect(map.claim(on: .interrupt(33))?.owner == .hypervisor)
    #expect(map.claim(on: .cpu(affinity: 2))?.owner == .domain("right"))
    let pages = try #require(plan.channels.first?.memory)
    let channel = try #require(map.claim(at: pages.base))
    #expect(channel.owner == .channel("telemetry"))
    #expect(channel.rights(of: .domain("left")) == [.read, .write])
    #expect(channel.rights(of: .domain("right")) == .read)
    #expect(channel.rights(of: .domain("page-sizes")).isEmpty)
  }

  @Test("differ from those that two owners share: the ownership map sees each conflict that the rules name, on its own")
  func crossCheck() {
    // Rules whose every finding of severity error is about two owners of one resource.
    let twoOwners: Set = [
      "BH-MEM-010", "BH-MEM-011", "BH-DEV-010", "BH-IRQ-001", "BH-CPU-002", "BH-DMA-003", "BH-PRV-001",
    ]
    var seen: Set<String> = []
    for fixture in Fixture.all where fixture.severity == .error {
      let outcome = bench.check(fixture.text, tree: fixture.tree, lock: fixture.lock)
      guard let draft = outcome.planning?.draft, twoOwners.contains(fixture.rule.rawValue) else { continue }
      guard fixture.file != "BH-CPU-002-names.yaml" else { continue }
      #expect(!draft.ownership.conflicts.isEmpty, "\(fixture.file)")
      seen.insert(fixture.rule.rawValue)
    }
    #expect(seen == twoOwners)
  }
}
