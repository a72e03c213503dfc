import BulkheadKit
import Foundation
import TestSupport
import Testing

/// Domains that start anew in QEMU while another one goes on.
@Suite("A domain that restarts", .serialized)
struct DomainRestartTests {
  private func boot(_ text: String) throws -> BoardBoot {
    let scratch = try Scratch()
    let boot = try BoardBoot(manifest: try scratch.file("restart.yaml", text))
    let end = boot.transcript.suffix(60).joined(separator: "\n")
    for outcome in boot.result.expectations { #expect(outcome.isMet, "\(outcome.expectation.text)\n\(end)") }
    #expect(boot.result.findings.isEmpty, "\(boot.result.findings)")
    return boot
  }

  /// The demonstration on qemu-virt shows it too, and is booted as such.
  @Test(
    "Linux panics and comes up again, with all of its CPUs and devices",
    arguments: RestartManifest.boards.filter { $0 != "qemu-virt" })
  func linux(board: String) throws {
    let boot = try boot(try RestartManifest.linux(on: board))
    // Where each UART is a domain's the hypervisor says nothing.
    guard boot.plan.hypervisor.console != nil else { return }
    #expect(boot.transcript.count { $0.contains("infotainment restarts: its memory is as at the first start") } == 1)
  }

  @Test(
    "finds nothing of its last run: memory, SIMD and system registers, timers, interrupts, on two CPUs",
    arguments: RestartManifest.boards)
  func patterns(board: String) throws {
    let boot = try boot(try RestartManifest.patterns(on: board))
    guard boot.plan.hypervisor.console != nil else { return }
    // Runs end by SYSTEM_RESET2, by a jump out of memory, and by SYSTEM_RESET.
    #expect(boot.transcript.count { $0.contains("nothing is left of an earlier run") } == 7)
    #expect(boot.transcript.count { $0.contains("outside the domain's memory") } == 2)
    #expect(boot.transcript.count { $0.contains("infotainment asked for a reset") } == 4)
  }

  @Test("that resets itself for ever is halted at its limit, and the other one goes on")
  func limit() throws {
    let expect = """
        - { domain: cluster, console: heartbeat 10, within: 120 s }
        - { domain: cluster, console: heartbeat, within: 60 s, after-previous: true }
      """
    let boot = try boot(
      RestartManifest.small("quick-forever", limit: 3, within: "600 s", expect: expect))
    let words = boot.transcript.filter { $0.hasPrefix("[bulkhead]") }.joined(separator: "\n")
    #expect(words.contains("infotainment has restarted 3 times within 600000 ms, which is its limit"), "\(words)")
    #expect(words.contains("infotainment is not restarted again"), "\(words)")
    #expect(words.contains("infotainment has stopped, 1 domain runs on"), "\(words)")
    #expect(words.contains("(restart 3)") && !words.contains("(restart 4)"), "\(words)")
  }

  /// An emulator is at the mercy of the host's scheduler, so the figures are printed and not compared.
  @Test("a thousand times beside a cluster that goes on beating; its lateness is printed beside that of a quiet run")
  func thousand() throws {
    let beats = "  - { domain: cluster, console: heartbeat 200, within: 300 s }"
    let quiet = try boot(RestartManifest.small("one-run", limit: 1, within: "1 s", expect: beats))
    let loud = try boot(
      RestartManifest.small(
        "quick-1000", limit: 15, within: "1 ms",
        expect: "  - { domain: infotainment, console: \"runs were all clean: 1000\", within: 600 s }\n" + beats))
    #expect(!loud.transcript.contains { $0.contains("which is its limit") })
    for (name, boot) in [("quiet", quiet), ("a thousand restarts", loud)] {
      let line = try #require(boot.transcript.last { $0.contains("heartbeat 200") })
      print("\(name): \(line)")
    }
  }
}
