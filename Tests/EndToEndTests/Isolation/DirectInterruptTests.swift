import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A domain that takes its interrupts at EL1", .serialized)
struct DirectInterruptTests {
  @Test("and does all that the physical CPU interface could be good for harms nobody, and is stopped in the end")
  func hostile() throws {
    let boot = try BoardBoot(manifest: Repository.root + "/Tests/EndToEndTests/Fixtures/isolation-direct.yaml")
    expectAll(boot)
    let attempts = boot.transcript.compactMap { $0.wholeMatch(of: /\[attacker\] attempt ([a-zA-Z0-9-]+): (.+)/) }
    for attempt in attempts { #expect(attempt.2.hasPrefix("refused ("), "\(attempt.0)") }
    let names = attempts.map { String($0.1) }
    let expected = [
      "gicr-message-interrupt-tables", "gicr-of-other-cpus", "gicr-private-lines-of-others", "sgi-to-every-affinity",
      "sgi-to-everybody", "sgi-to-every-list-of-foreign-cpus", "icc-end-of-foreign-interrupts",
      "icc-end-of-foreign-interrupts-instead-of-own", "icc-priority-and-group-games", "icc-system-registers-off",
      "timer-interrupts-never-ended", "victim-silenced-by-interrupts",
    ]
    #expect(expected.allSatisfy { names.contains($0) }, "\(names)")
    #expect(boot.transcript.contains("[attacker] attempts done: \(names.count) refused, 0 broke out, 0 not tried"))
    #expect(!boot.transcript.contains { $0.contains("CAME BACK") })
    let beats = boot.transcript.compactMap { $0.firstMatch(of: /^\[victim\] heartbeat (\d+)/) }.map { Int($0.1) }
    #expect(beats == (1...max(beats.count, 1)).map { $0 * 10 })
  }

  @Test("can be Debian's Linux, which drives its timer, UART and SD controller beside another such domain")
  func linux() throws {
    let scratch = try Scratch()
    var text = try String(contentsOfFile: BoardBoot.manifest(of: "versal-virt"), encoding: .utf8)
      .replacingOccurrences(of: "../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "criticality: ASIL-B", with: "criticality: QM")
    let domain = try #require(text.range(of: "  infotainment:\n"))
    text.insert(contentsOf: "    interrupts: direct\n", at: domain.upperBound)
    let boot = try BoardBoot(manifest: try scratch.file("direct.yaml", text))
    #expect(boot.plan.domains.count { $0.hasDirectInterrupts } == 2)
    expectAll(boot)
  }

  @Test("has what EL2 says of it on the UART whose interrupts another CPU takes, and gives its CPU back in the end")
  func reported() throws {
    let scratch = try Scratch()
    let manifest = Repository.root + "/Tests/EndToEndTests/Fixtures/direct-linux.yaml"
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    let system = EmulatedSystem(folder: folder, plan: try #require(build.check.plan))
    var session = try system.session(takesInput: false)
    for text in ["infotainment asked for a reset, which ends it", "infotainment has stopped, 1 domain runs on"] {
      session.expectations.append(Expectation(source: ConsoleLabels.hypervisor, text: text, within: .seconds(400)))
    }
    session.expectations.append(
      Expectation(source: "cluster", text: "heartbeat", within: .seconds(60), isAfterPrevious: true))
    let (transcript, result) = try Transcript.of(session)
    #expect(result.findings.isEmpty, "\(transcript.lines.suffix(30))")
    for outcome in result.expectations { #expect(outcome.isMet, "\(outcome.expectation.text)") }
  }

  private func expectAll(_ boot: BoardBoot) {
    let end = boot.transcript.suffix(40).joined(separator: "\n")
    for outcome in boot.result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(boot.result.findings.isEmpty, "\(boot.result.findings)")
  }
}
