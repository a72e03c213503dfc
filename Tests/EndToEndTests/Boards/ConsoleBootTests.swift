import BulkheadKit
import TestSupport
import Testing

/// EL2 shares one UART of the board among domains that have none: each kind of UART that it drives, but for the PL011,
/// which the demonstration has.
@Suite("EL2's console on the boards in QEMU", .serialized)
struct ConsoleBootTests {
  struct Console: Sendable, CustomTestStringConvertible {
    let board: String
    let uart: String
    /// What the manifest needs beside the console.
    var lines = ""

    var testDescription: String { "\(board) \(uart)" }
  }

  static let consoles = [
    Console(board: "zcu102", uart: "/axi/serial@ff000000"),
    Console(board: "imx8mp-evk", uart: "/soc@0/bus@30800000/serial@30890000"),
    Console(
      board: "rpi4", uart: "/soc/serial@7e215040",
      lines: "memory-banks: [{ base: 0, size: 2 GiB }]\ndisabled: [ /soc/aux@7e215000 ]"),
  ]

  @Test("carries the lines of two domains, each under its name", arguments: consoles)
  func boot(console: Console) throws {
    let scratch = try Scratch()
    let kernel = Repository.root + "/.build/guests/cluster.bin"
    let manifest = try scratch.file(
      "m.yaml",
      """
      manifest: 1
      name: console
      board: \(console.board)
      \(console.lines)
      hypervisor: { console: \(console.uart) }
      domains:
        first: { criticality: ASIL-B, cpus: [0], memory: 32 MiB, kernel: \(kernel), console: virtual }
        second: { criticality: ASIL-B, cpus: [1], memory: 32 MiB, kernel: \(kernel), console: virtual }
      expect:
        - { domain: first, console: heartbeat 10, within: 120 s }
        - { domain: second, console: heartbeat 10, within: 120 s }
        - { domain: first, console: heartbeat, within: 60 s, after-previous: true }
      """)
    let boot = try BoardBoot(manifest: manifest)
    let end = boot.transcript.suffix(20).joined(separator: "\n")
    for outcome in boot.result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(boot.plan.hypervisor.console?.path == console.uart)
    // No line is another one's, and none is torn.
    let beats = boot.transcript.filter { $0.contains("heartbeat") }
    #expect(beats.allSatisfy { $0.hasPrefix("[first] heartbeat ") || $0.hasPrefix("[second] heartbeat ") }, "\(end)")
  }
}
