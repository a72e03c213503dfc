import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A domain that tries to break out", .serialized)
struct IsolationTests {
  /// The names of the attempts, in their order: what is covered, for a reader, and proof that none was left out. Behind
  /// some of them stands the one GIC that they are for.
  private static func attempts(gic: String) throws -> [String] {
    let file = Repository.root + "/Tests/EndToEndTests/Fixtures/attempts.txt"
    return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count == 1 || words.last == "(\(gic))" ? words.first.map(String.init) : nil
    }
  }

  /// What EL2 says of a jump out of the domain's memory.
  private static let outside = "outside the domain's memory; the domain is stopped"

  @Test(
    "is refused in every attempt, is stopped in the end, and its neighbours do not notice",
    arguments: [
      ("qemu-virt", "cortex-a53", "GICv3"), ("qemu-virt", "max", "GICv3"), ("qemu-virt-gicv2", "cortex-a53", "GICv2"),
    ])
  func campaign(board: String, cpu: String, gic: String) throws {
    let run = try IsolationRun(board: board, cpu: cpu)
    expectAll(run)
    let attempts = run.transcript.attempts
    for attempt in attempts { #expect(attempt.outcome.hasPrefix("refused ("), "\(attempt)") }
    #expect(attempts.map(\.name) == (try Self.attempts(gic: gic)))
    let sum = run.transcript.lines(of: "attacker").filter { $0.hasPrefix("attempts done:") }
    #expect(sum == ["attempts done: \(attempts.count) refused, 0 broke out, 0 not tried"])
    #expect((run.transcript.heartbeats(before: "attempts done:") ?? 0) >= 10)
    expectNeighboursUndisturbed(run.transcript)
    expectStopped(run.transcript, saying: Self.outside)
  }

  @Test(
    "ends nobody but itself, however it ends",
    arguments: [
      ("jump-to-channel", outside), ("jump-to-console", outside), ("jump-to-distributor", outside),
      ("jump-translated", outside), ("system-off", "attacker has shut down"),
      ("system-reset", "attacker asked for a reset, which ends it: it is not restarted"), ("last-cpu-off", nil),
    ])
  func end(commandLine: String, saying message: String?) throws {
    let run = try IsolationRun(commandLine: commandLine)
    expectAll(run)
    expectNeighboursUndisturbed(run.transcript)
    expectStopped(run.transcript, saying: message)
  }

  @Test("breaks out in plain QEMU without the hypervisor: the attempts can tell")
  func alone() throws {
    let run = try IsolationRun(aloneUntil: "gicr-message-interrupt-tables")
    expectAll(run)
    let brokeOut = Set(run.transcript.attempts.filter { $0.outcome.hasPrefix("BROKE OUT") }.map(\.name))
    let expected: Set = [
      "memory-read-every-4KiB-below-4GiB", "memory-write-every-4KiB-below-4GiB", "memory-read-every-2MiB-below-1TiB",
      "access-loads-of-every-form", "access-stores-of-every-form", "translated-loads-of-every-form",
      "translation-tables-in-foreign-memory", "register-performance-monitors", "gicd-enable-foreign-lines",
      "gicd-route-of-foreign-lines", "gicr-message-interrupt-tables",
    ]
    #expect(brokeOut.isSuperset(of: expected), "not seen: \(expected.subtracting(brokeOut).sorted())")
  }

  private func expectAll(_ run: IsolationRun) {
    for outcome in run.result.expectations {
      let end = run.transcript.lines.suffix(40).map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
  }

  /// The victim beats before, during and after, and no beat that it reports is missing. The witness got its own
  /// interrupts, those of its device in their order, and no other.
  private func expectNeighboursUndisturbed(_ transcript: Transcript) {
    let heartbeats = transcript.heartbeats
    #expect(heartbeats.map(\.count) == (1...max(heartbeats.count, 1)).map { $0 * 10 })
    let before = transcript.heartbeats(before: "attacker has stopped") ?? heartbeats.count
    #expect(heartbeats.count - before >= 5)
    print("the victim's worst lateness on this emulator: \(heartbeats.last?.lateness ?? 0) us")
    let noticed = transcript.lines(of: "witness")
    let ticks = noticed.filter { $0.hasPrefix("witness: tick ") }
    #expect(ticks == (1...max(ticks.count, 1)).map { "witness: tick \($0)" })
    #expect(noticed.filter { !ticks.contains($0) } == ["witness: its own interrupt came, now listening"])
  }

  /// EL2 says who did what and stops that domain; it says nothing else but refusals of the attacker's accesses.
  private func expectStopped(_ transcript: Transcript, saying message: String?) {
    let lines = transcript.lines(of: ConsoleLabels.hypervisor)
    let refusals = lines.filter { $0.hasPrefix("attacker, CPU ") && $0.contains("external abort given to the domain") }
    let reasons = message.map { message in lines.filter { $0.hasPrefix("attacker") && $0.hasSuffix(message) } } ?? []
    let end = lines.filter { $0 == "attacker has stopped, 2 domains run on" }
    #expect(reasons.count == (message == nil ? 0 : 1))
    #expect(end.count == 1)
    #expect(lines.count == refusals.count + reasons.count + 1, "\(lines)")
    #expect(!transcript.lines(of: "attacker").contains { $0.contains("CAME BACK") })
  }
}
