import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("The command line, run as a program")
struct CommandLineTests {
  @Test("accepts the demonstration with status 0, and says what of its firmware that takes on trust")
  func accepts() throws {
    let run = try Tool.run(["check", "boards/qemu-virt/cockpit.yaml"])
    #expect(run.status == 0)
    #expect(
      run.output == """
        assumptions of use:
          - the firmware of board qemu-virt provides PSCI 1.0 by SMC: QEMU itself, in place of firmware at EL3
          - domain infotainment can start anew with /pl061@9030000 as its last run left it: nothing is known that resets \
        the device, and what its registers hold may be read
        boards/qemu-virt/cockpit.yaml: accepted, nothing to report

        """)
    #expect(run.diagnostics.isEmpty)
  }

  @Test("rejects two domains on one CPU with status 1, and names both")
  func rejects() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("clash.yaml", try Manifests.twoDomains(cpus: ("[0]", "[0]")))
    let run = try Tool.run(["check", manifest])
    #expect(run.status == 1)
    #expect(run.diagnostics.contains("left"))
    #expect(run.diagnostics.contains("right"))
  }

  @Test("says with status 2 that a manifest is missing, in JSON too")
  func missing() throws {
    for format in ["text", "json", "sarif"] {
      let run = try Tool.run(["check", "no-such-manifest.yaml", "--format", format])
      #expect(run.status == 2)
      #expect((run.output + run.diagnostics).contains("no-such-manifest.yaml"))
    }
  }

  @Test(
    "ends with status 2 and says so where a result cannot be written",
    arguments: [["check", "boards/qemu-virt/cockpit.yaml"], ["explain"], ["boards"], ["devices", "qemu-virt"]])
  func fullDisk(arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.root)
    process.standardOutput = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let diagnostics = Pipe()
    process.standardError = diagnostics
    try process.run()
    let said = String(decoding: diagnostics.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 2)
    #expect(said.contains("standard output"))
  }

  @Test("answers wrong usage with status 64")
  func usage() throws {
    #expect(try Tool.run(["check"]).status == 64)
    #expect(try Tool.run(["chekc", "x.yaml"]).status == 64)
    #expect(try Tool.run(["explain", "BH-NONSENSE-999"]).status == 64)
  }

  @Test("says which command was meant by a mistyped one")
  func mistypedCommand() throws {
    let run = try Tool.run(["chekc", "x.yaml"])
    #expect(run.diagnostics.contains("there is no command `chekc`"))
    #expect(run.diagnostics.contains("`check`"))
  }

  @Test("prints the verdict and the findings as the JSON that other programs rely on")
  func json() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("clash.yaml", try Manifests.twoDomains(cpus: ("[0]", "[0]")))
    let run = try Tool.run(["check", manifest, "--format", "json"])
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "not a JSON object")
    #expect(object["verdict"] as? String == "rejected")
    let findings = try #require(object["findings"] as? [[String: Any]])
    let clash = try #require(findings.first { ($0["resource"] as? [String: Any])?["kind"] as? String == "cpu" })
    #expect(clash["severity"] as? String == "error")
    #expect(clash["domains"] as? [String] == ["left", "right"])
    let span = try #require((clash["spans"] as? [[String: Any]])?.first)
    #expect(span["file"] as? String == manifest)
    #expect(span["line"] as? Int != nil)
  }

  @Test("explains every rule that it lists")
  func explains() throws {
    let list = try Tool.run(["explain"]).output.split(separator: "\n")
    #expect(list.count == RuleCatalogue.all.count)
    let first = try #require(list.first?.split(separator: " ").first.map(String.init))
    let explanation = try Tool.run(["explain", first])
    #expect(explanation.status == 0)
    #expect(explanation.output.contains(first))
  }

  @Test("writes a starter manifest that it then accepts and builds, in any folder")
  func starts() throws {
    let scratch = try Scratch()
    let start = try Tool.run(["init", "qemu-virt"], folder: scratch.path)
    #expect(start.status == 0, "\(start.diagnostics)")
    let build = try Tool.run(["build", "qemu-virt.yaml", "-o", "out"], folder: scratch.path)
    #expect(build.status == 0, "\(build.diagnostics)")
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/out/image.elf"))
    let again = try Tool.run(["init", "qemu-virt"], folder: scratch.path)
    #expect(again.status == 64, "an existing manifest was overwritten")
  }
}
