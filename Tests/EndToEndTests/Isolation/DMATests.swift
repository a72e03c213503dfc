import BulkheadKit
import TestSupport
import Testing

@Suite("A domain whose devices try to break out by DMA", .serialized)
struct DMATests {
  private static let kinds = [
    "dma-to-neighbours", "dma-to-the-hypervisor", "dma-to-firmware", "dma-to-memory-that-nobody-has", "dma-to-channels",
    "dma-to-devices-of-neighbours", "dma-to-devices-of-the-hypervisor", "dma-to-devices-that-nobody-has",
    "dma-to-its-own-devices", "dma-around-its-own-memory", "dma-above-every-address",
  ]

  @Test("is refused in both directions at everything that is not its memory, and each attempt is recorded")
  func everywhere() throws {
    let run = try DMARun(errand: "dma", until: "the end begins")
    expectAll(run)
    let attempts = run.transcript.attempts
    #expect(attempts.map(\.name) == ["dma-within-its-own-memory"] + Self.kinds)
    for attempt in attempts { #expect(attempt.outcome.hasPrefix("refused ("), "\(attempt)") }
    let tries = try Self.kinds.map { try #require(run.transcript.tries(of: $0)) }
    #expect(tries.allSatisfy { $0 >= 2 })
    let sum = tries.reduce(0, +)
    let lines = run.transcript.lines(of: ConsoleLabels.hypervisor)
    #expect(lines.contains("attacker: \(sum) refused DMA accesses in all"), "\(sum), \(lines)")
    let reported = lines.filter {
      $0.hasPrefix("attacker: DMA of stream 0x") && $0.contains("not the domain's; refused")
    }
    #expect(reported.count == 16)
    #expect(run.differences.isEmpty, "\(run.differences)")
    print("DMA to everything else: \(sum) attempts, \(sum) refused and recorded, memory as it was")
    expectVictimUndisturbed(run, "attempts one by one")
  }

  @Test("is stopped when it floods, its domain follows on-fault, and the other goes on")
  func flood() throws {
    let run = try DMARun(errand: "dma-flood", until: "the flood begins")
    expectAll(run)
    let lines = run.transcript.lines(of: ConsoleLabels.hypervisor)
    let flood = "attacker: more than 256 refused DMA accesses within a second; its DMA is stopped"
    #expect(lines.count { $0 == flood } == 1, "\(lines)")
    #expect(lines.count { $0 == "attacker has stopped, 1 domain runs on" } == 1)
    // Nothing is recorded of a stream that was stopped.
    let end = try #require(lines.firstIndex(of: flood))
    #expect(!lines[end...].contains { $0.contains("refused by the SMMU") })
    #expect(run.differences.isEmpty, "\(run.differences)")
    expectVictimUndisturbed(run, "a flood")
  }

  private func expectAll(_ run: DMARun) {
    for outcome in run.result.expectations {
      let end = run.transcript.lines.suffix(40).map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
  }

  /// Not a beat is missing.
  private func expectVictimUndisturbed(_ run: DMARun, _ what: String) {
    let heartbeats = run.transcript.heartbeats
    #expect(heartbeats.map(\.count) == (1...max(heartbeats.count, 1)).map { $0 * 10 })
    let lateness = heartbeats.map(\.lateness)
    print(
      "the victim's worst lateness on this emulator, \(what): \(lateness.first ?? 0) us before, \(lateness.last ?? 0) us after"
    )
  }
}
