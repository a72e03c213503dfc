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
    expectTable(run, "\(board), \(cpu), \(gic)")
    #expect((run.transcript.heartbeats(before: "attempts done:") ?? 0) >= 10)
    expectNeighboursUndisturbed(run.transcript)
    expectStopped(run.transcript, saying: Self.outside)
    #expect(run.differences.isEmpty, "\(run.differences)")
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

  @Test(
    "has no instructions outside of its memory, wherever it jumps",
    arguments: [
      ("qemu-virt", ["jump-to-device", "jump-to-neighbour", "jump-to-hypervisor"]),
      ("qemu-virt-gicv2", ["jump-to-cpu-interface", "jump-to-firmware", "jump-to-unassigned-device"]),
    ])
  func jump(board: String, jumps: [String]) throws {
    let run = try JumpRun(board: board, jumps: jumps)
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
    let lines = run.transcript.lines(of: ConsoleLabels.hypervisor)
    for domain in JumpRun.domains {
      #expect(lines.count { $0.hasPrefix("\(domain), CPU 0") && $0.hasSuffix(Self.outside) } == 1, "\(lines)")
      #expect(lines.count { $0.hasPrefix("\(domain) has stopped, ") } == 1, "\(lines)")
      #expect(!run.transcript.lines(of: domain).contains { $0.contains("CAME BACK") })
    }
    let heartbeats = run.transcript.heartbeats
    #expect(heartbeats.map(\.count) == (1...max(heartbeats.count, 1)).map { $0 * 10 })
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

  /// Every page of somebody else was tried, every register name, and so on, and nothing got through.
  private func expectTable(_ run: IsolationRun, _ title: String) {
    let table = OutcomeTable(run.transcript)
    print(table.text(title))
    #expect(table.rows.map(\.family) == Self.least.map(\.family))
    for (row, least) in zip(table.rows, Self.least) {
      // A GICv2 has smaller windows, and SGIs by a register of the distributor.
      let expected = run.plan.board.interruptController?.version == .two ? least.onGICv2 : least.attempts
      #expect(max(row["attempts"], row["checks"]) >= expected, "\(row.family)")
    }
    #expect(table.sum("escapes") == 0)
    let attacker = run.plan.domains.first { $0.name == "attacker" }
    let channel = run.plan.channels.first?.memory
    for (name, kind) in Self.pages {
      let expected = attacker.map { run.foreign.attempts(of: kind, by: $0, reading: channel) }
      #expect(run.transcript.tries(of: name) == expected, "\(name)")
      #expect(expected ?? 0 > 0, "\(name)")
    }
  }

  /// Attempts whose number follows from the map.
  private static let pages: [(String, ForeignMap.Kind)] = [
    ("pages-of-neighbours", .neighbourMemory), ("pages-of-the-hypervisor", .hypervisorMemory),
    ("pages-of-firmware", .firmwareMemory), ("pages-of-memory-that-nobody-has", .unassignedMemory),
    ("pages-of-channels", .channel), ("pages-of-devices-of-neighbours", .neighbourDevice),
    ("pages-of-devices-of-the-hypervisor", .hypervisorDevice), ("pages-of-devices-that-nobody-has", .unassignedDevice),
  ]

  /// The families of the table, and at least how many attempts each has.
  private static let least: [(family: String, attempts: Int, onGICv2: Int)] = [
    ("pages", 5_400_000, 5_400_000), ("accesses", 63_000, 63_000), ("translation", 1_800_000, 210_000),
    ("registers", 330_000, 330_000), ("calls", 950_000, 950_000), ("distributor", 2_600_000, 39_000),
    ("cpu-interface", 120_000, 82_000), ("timers", 120_000, 120_000), ("user-level", 280_000, 280_000),
    ("console", 130_000, 130_000), ("both-cpus", 837_000, 837_000), ("victim-watch", 6, 6),
  ]

  private func expectAll(_ run: IsolationRun) {
    for outcome in run.result.expectations {
      let end = run.transcript.lines.suffix(40).map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
  }

  /// The victim beats before, during and after, and no beat that it reports is missing. The witness got its own
  /// interrupts, those of its device in their order, and no other, and found its memory as it was each
  /// time.
  private func expectNeighboursUndisturbed(_ transcript: Transcript) {
    let heartbeats = transcript.heartbeats
    #expect(heartbeats.map(\.count) == (1...max(heartbeats.count, 1)).map { $0 * 10 })
    let before = transcript.heartbeats(before: "attacker has stopped") ?? heartbeats.count
    #expect(heartbeats.count - before >= 5)
    print("the victim's worst lateness on this emulator: \(heartbeats.last?.lateness ?? 0) us")
    let noticed = transcript.lines(of: "witness")
    let beats = transcript.beats
    #expect(beats.map(\.number) == Array(1...max(beats.count, 1)))
    // A second without a beat is one in which the host did not let the emulated CPU run.
    let passed = (beats.last?.second ?? 0) - (beats.first?.second ?? 0) + 1
    print("the witness's clock: \(beats.count) beats in \(passed) s on this emulator")
    let looks = noticed.filter { $0 == "witness: memory as it was" }
    // On a loaded host a look takes longer than a beat; the last of them are the fixture's to wait for.
    #expect(!looks.isEmpty)
    let rest = noticed.filter { !$0.hasPrefix("witness: tick ") && !looks.contains($0) }
    #expect(rest.filter { !$0.hasPrefix("witness: pattern ") } == ["witness: its own interrupt came, now listening"])
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
