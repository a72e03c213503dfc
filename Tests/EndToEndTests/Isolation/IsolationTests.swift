import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A domain that tries to break out", .serialized)
struct IsolationTests {
  /// The names of the attempts, in their order: what is covered, for a reader, and proof that none was left out.
  private static func attempts() throws -> [String] {
    let file = Repository.root + "/Tests/EndToEndTests/Fixtures/attempts.txt"
    return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test(
    "is refused in every attempt, is stopped in the end, and its victim does not notice",
    arguments: ["cortex-a53", "max"])
  func campaign(cpu: String) throws {
    let run = try IsolationRun(cpu: cpu)
    expectAll(run)
    let attempts = run.transcript.attempts
    for attempt in attempts { #expect(attempt.outcome.hasPrefix("refused ("), "\(attempt)") }
    #expect(attempts.map(\.name) == (try Self.attempts()))
    let sum = run.transcript.lines(of: "attacker").filter { $0.hasPrefix("attempts done:") }
    #expect(sum == ["attempts done: \(attempts.count) refused, 0 broke out, 0 not tried"])
    expectVictimUndisturbed(run.transcript, during: "attempts done:")
    expectStopped(run.transcript)
  }

  @Test(
    "has no instructions outside its memory, and is stopped for looking for them",
    arguments: ["jump-to-channel", "jump-to-console", "jump-to-distributor", "jump-translated"])
  func jump(commandLine: String) throws {
    let run = try IsolationRun(commandLine: commandLine)
    expectAll(run)
    expectVictimUndisturbed(run.transcript, during: nil)
    expectStopped(run.transcript)
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

  /// It beats before, during and after, and no beat that it reports is missing.
  private func expectVictimUndisturbed(_ transcript: Transcript, during campaign: String?) {
    let heartbeats = transcript.heartbeats
    #expect(heartbeats.map(\.count) == (1...max(heartbeats.count, 1)).map { $0 * 10 })
    if let campaign { #expect((transcript.heartbeats(before: campaign) ?? 0) >= 10) }
    let before = transcript.heartbeats(before: "attacker has stopped") ?? heartbeats.count
    #expect(heartbeats.count - before >= 5)
    print("the victim's worst lateness on this emulator: \(heartbeats.last?.lateness ?? 0) us")
  }

  /// EL2 says who did what and stops that domain; it says nothing else but refusals of the attacker's accesses.
  private func expectStopped(_ transcript: Transcript) {
    let lines = transcript.lines(of: ConsoleLabels.hypervisor)
    let refusals = lines.filter { $0.hasPrefix("attacker, CPU ") && $0.contains("external abort given to the domain") }
    let fault = lines.filter { $0.hasPrefix("attacker, CPU 0, PC ") && $0.contains("outside the domain's memory") }
    let end = lines.filter { $0 == "attacker has stopped, 1 domain runs on" }
    #expect(fault.count == 1 && end.count == 1)
    #expect(lines.count == refusals.count + 2, "\(lines)")
    #expect(!transcript.lines(of: "attacker").contains { $0.contains("the jump came back") })
  }
}
