import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("Debian's Linux with a watchdog", .serialized)
struct WatchdogBootTests {
  private static let boards = ["qemu-virt", "qemu-virt-gicv2", "zcu102", "rpi4"]

  /// A board's cockpit whose Linux has a watchdog of 5 s and stops refreshing it, and which may read the health page.
  private static func manifest(_ board: String, onFault: String) throws -> String {
    let text = try String(contentsOfFile: BoardBoot.manifest(of: board), encoding: .utf8)
    let parts = text.components(separatedBy: "\nexpect:")
    let halting = parts[0].replacing(#/    on-fault: restart\n    restart: .*\n/#, with: "    on-fault: halt\n")
    let domains = halting.components(separatedBy: "    on-fault: halt\n")
    try #require(domains.count == 3)
    let second = "    on-fault: \(onFault)\n    watchdog: 5 s\n    watchdog-start: 300 s\n    health: read\n"
    return (domains[0] + "    on-fault: halt\n" + domains[1] + second + domains[2])
      .replacingOccurrences(of: "../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "demonstration=panic", with: "demonstration=hang")
  }

  private static func boot(_ board: String, onFault: String, expect: [String]) throws -> BoardBoot {
    let scratch = try Scratch()
    let steps = expect.map { "  - { \($0), within: 300 s, after-previous: true }\n" }.joined()
    let text = try manifest(board, onFault: onFault) + "\nexpect:\n" + steps
    return try BoardBoot(manifest: try scratch.file("watchdog.yaml", text))
  }

  @Test(
    "refreshes it with its own driver, is stopped when it does not any more, and the cluster goes on", arguments: boards
  )
  func stopped(board: String) throws {
    let beats = (0..<10).map { _ in "domain: cluster, console: heartbeat" }
    let run = try Self.boot(
      board, onFault: "halt",
      expect: [
        "domain: infotainment, console: refreshes the watchdog SBSA Generic Watchdog",
        "domain: infotainment, console: 3 s without a refresh",
      ] + beats)
    #expect(run.result.findings.isEmpty, "\(run.result.findings) \(run.transcript.suffix(20))")
    let seconds = run.transcript.filter { $0.contains("s without a refresh of the watchdog") }
    // Ten times a second's beats after the fourth line, and Linux was ended after five seconds.
    #expect(seconds.count >= 4 && seconds.count <= 8, "\(seconds)")
    if run.transcript.contains(where: { $0.hasPrefix("[bulkhead] ") }) {
      #expect(run.transcript.contains { $0.contains("infotainment did not refresh its watchdog for 5000 ms") })
    }
  }

  @Test(
    "is restarted where its manifest says so, again and again to the limit",
    arguments: ["qemu-virt", "qemu-virt-gicv2"])
  func restarted(board: String) throws {
    let run = try Self.boot(
      board, onFault: "restart",
      expect: [
        "domain: infotainment, console: 3 s without a refresh", "domain: infotainment, console: is up",
        "domain: infotainment, console: 3 s without a refresh", "domain: infotainment, console: is up",
        "domain: cluster, console: heartbeat",
      ])
    #expect(run.result.findings.isEmpty, "\(run.result.findings) \(run.transcript.suffix(20))")
  }

  @Test("a domain that never starts its watchdog is stopped after the time for that")
  func neverStarted() throws {
    let scratch = try Scratch()
    let text = try Self.manifest("qemu-virt", onFault: "halt")
      .replacingOccurrences(of: "watchdog-start: 300 s", with: "watchdog-start: 200 ms")
    let steps = (0..<3).map { _ in "  - { domain: cluster, console: heartbeat, within: 120 s, after-previous: true }\n"
    }
    let run = try BoardBoot(manifest: try scratch.file("watchdog.yaml", text + "\nexpect:\n" + steps.joined()))
    #expect(run.transcript.contains { $0.contains("infotainment did not start its watchdog within 200 ms") })
    #expect(!run.transcript.contains { $0.contains("is up") })
  }
}
