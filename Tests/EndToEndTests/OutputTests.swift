import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("What is written, and what is left when it cannot be")
struct OutputTests {
  @Test("builds into one folder at the same time all succeed and leave one whole output")
  func concurrent() async throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    let target = scratch.path + "/out"
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<4 {
        group.addTask { try Tool.run(["build", manifest, "-o", target]).status }
      }
      for try await status in group { #expect(status == 0) }
    }
    let alone = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/alone")
    #expect(alone.check.isAccepted)
    #expect(try scratch.contents(of: "out") == scratch.contents(of: "alone"))
    #expect(try scratch.names == ["alone", "m.lock.yaml", "m.yaml", "out"])
  }

  @Test(
    "a build that is asked to end leaves a whole output or none, and nothing beside it", arguments: [SIGTERM, SIGINT])
  func interrupted(signal: Int32) throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = ["build", manifest, "-o", scratch.path + "/out"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, try !scratch.names.contains(where: { $0.hasPrefix("out") }) {}
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let left = try scratch.names.filter { $0.hasPrefix("out") }
    #expect(left.isEmpty || left == ["out"])
    if left == ["out"] { _ = try OutputFolder(scratch.path + "/out") }
  }

  @Test("a report or a lock file that cannot be written is a finding in words, with status 2")
  func unwritable() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    try FileManager.default.createDirectory(atPath: scratch.path + "/m.lock.yaml", withIntermediateDirectories: true)
    let build = try Tool.run(["build", manifest, "-o", scratch.path + "/out"])
    #expect(build.status == 2)
    #expect(build.diagnostics.contains("m.lock.yaml` cannot be written: it is a folder [BH-KIT-002]"))
    let start = try Tool.run(["init", "qemu-virt", "-o", "/proc/none/m.yaml"])
    #expect(start.status == 2)
    #expect(start.diagnostics.contains("BH-KIT-002"))
    #expect(!(build.diagnostics + start.diagnostics).contains("Error Domain"))
  }

  @Test("an output without a name is refused in words")
  func unnamed() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    let run = try Tool.run(["build", manifest, "-o", ""])
    #expect(run.status == 2)
    #expect(run.diagnostics.contains("a folder needs a name"))
  }

  @Test("a wrong BULKHEAD_ROOT is named, in JSON too")
  func wrongRoot() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    for arguments in [["check", manifest], ["check", manifest, "--format", "json"], ["boards"]] {
      let run = try Tool.run(arguments, environment: ["BULKHEAD_ROOT": scratch.path])
      #expect(run.status == 2)
      #expect((run.output + run.diagnostics).contains("BULKHEAD_ROOT"))
    }
  }
}
