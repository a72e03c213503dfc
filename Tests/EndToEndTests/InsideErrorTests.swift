import BulkheadKit
import Foundation
import TestSupport
import Testing

/// Errors are put into the runtime's code where it answers a domain's calls, as a bit that flipped would.
@Suite("An error inside the hypervisor", .serialized)
struct InsideErrorTests {
  /// What stands at the entry of the handlers in place of their code (Arm DDI 0487, C6.2), and what EL2 says of it.
  struct Damage: CustomStringConvertible {
    let description: String
    let instructions: [UInt32]
  }

  private static let damages = [
    // BRK #1, which a failed check of Swift comes to
    Damage(description: "a check failed (overflow, index or precondition)", instructions: [0xD420_0020]),
    // MOV X0, #0; LDR X0, [X0]
    Damage(description: "data abort, address 0x0", instructions: [0xD280_0000, 0xF940_0000]),
    // STP X29, X30, [SP, #-16]!; B to it
    Damage(description: "stack overflow, address 0x", instructions: [0xA9BF_7BFD, 0x17FF_FFFF]),
  ]

  @Test(
    "is reported with its place, stops the domain of that CPU, and the other domain does not notice", arguments: damages
  )
  func stopsOneDomain(damage: Damage) throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("inside.yaml", Self.manifest)
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = try #require(build.folder, "\(build.check.findings)")
    try Self.put(damage.instructions, into: folder + "/hypervisor.img")
    let output = OutputFolder(folder, loadMap: try #require(build.loadMap))
    let prepared = try EmulatedSystem(folder: output, plan: try #require(build.check.plan)).session(takesInput: false)
    var session = Session(program: prepared.program, arguments: prepared.arguments, lines: prepared.lines)
    session.expectations = [
      Expectation(source: "victim", text: "heartbeat 10", within: .seconds(120)),
      Expectation(
        source: ConsoleLabels.hypervisor, text: "caller has stopped, 1 domain runs on", within: .seconds(120)),
      Expectation(source: "victim", text: "heartbeat 100", within: .seconds(120)),
    ]
    var transcript = Transcript()
    let result = try session.run { event in
      if case .console(let fragment) = event { transcript.add(fragment) }
      return true
    }
    let said = transcript.lines.map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
    for outcome in result.expectations { #expect(outcome.isMet, "\(outcome.expectation.text)\n\(said)") }
    let reports = transcript.lines(of: ConsoleLabels.hypervisor)
    #expect(reports.count == 3, "\(said)")
    let first = try #require(reports.first)
    #expect(first.hasPrefix("error inside the hypervisor on CPU record 1: \(damage.description)"), "\(first)")
    #expect(first.contains("(image offset 0x"), "\(first)")
    #expect(reports.dropFirst().first == "caller, which this CPU belongs to, is stopped")
    #expect(transcript.heartbeats.map(\.count) == (1...10).map { $0 * 10 })
  }

  /// The caller ends itself by a call, once the victim has beaten for a while.
  private static var manifest: String {
    let guests = Repository.root + "/.build/guests/"
    return """
      manifest: 1
      name: inside
      board: qemu-virt
      domains:
        victim:
          cpus: [0]
          memory: 32 MiB
          kernel: \(guests)cluster.bin
        caller:
          cpus: [1]
          memory: 32 MiB
          kernel: \(guests)hostile.bin
          cmdline: system-off
      """
  }

  /// Overwrites the handlers of HVC and SMC; the runtime is linked at 0, so that its symbols are offsets in the image.
  private static func put(_ instructions: [UInt32], into file: String) throws {
    var image = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    for name in ["hypervisor_hvc", "hypervisor_smc"] {
      let offset = try #require(try symbols()[name])
      for (index, instruction) in instructions.enumerated() {
        withUnsafeBytes(of: instruction.littleEndian) {
          image.replaceSubrange(offset + index * 4..<offset + index * 4 + 4, with: $0)
        }
      }
    }
    try Data(image).write(to: URL(fileURLWithPath: file))
  }

  private static func symbols() throws -> [String: Int] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["aarch64-linux-gnu-nm", Repository.root + "/.build/el2/hypervisor.elf"]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var symbols: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3 { symbols[String(words[2])] = Int(words[0], radix: 16) }
    }
    return symbols
  }
}
