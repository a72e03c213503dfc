import BulkheadKit
import Foundation
import TestSupport
import Testing

/// A channel as a PCI function, on the boards whose UART EL2 shares (`Fixtures/function.yaml`).
@Suite("A channel as a PCI function in stock Linux", .serialized)
struct FunctionBootTests {
  @Test(
    "interrupts user space by uio_pci_generic, and every number shown is one that the cluster wrote",
    arguments: ["qemu-virt", "qemu-virt-gicv2"])
  func boot(board: String) throws {
    let scratch = try Scratch()
    let fixture = Repository.root + "/Tests/EndToEndTests/Fixtures/function.yaml"
    let text = try String(contentsOfFile: fixture, encoding: .utf8)
      .replacingOccurrences(of: "../../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "board: qemu-virt", with: "board: \(board)")
    let boot = try BoardBoot(manifest: try scratch.file("function.yaml", text))
    let end = boot.transcript.suffix(20).joined(separator: "\n")
    for outcome in boot.result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    // Counts of interrupts follow one another, and heartbeats grow: each is what a new ring announced.
    let lines = boot.transcript.filter { $0.hasPrefix("[infotainment] infotainment: interrupt ") }
    let counts = lines.compactMap { $0.components(separatedBy: "interrupt ").last?.prefix { $0.isNumber } }
    #expect(counts.compactMap { Int($0) } == Array(1...lines.count))
    let beats = lines.compactMap {
      $0.components(separatedBy: "heartbeat ").last.flatMap { Int($0.prefix { $0.isNumber }) }
    }
    #expect(beats.count == lines.count && zip(beats, beats.dropFirst()).allSatisfy { $0 < $1 }, "\(end)")
  }
}
