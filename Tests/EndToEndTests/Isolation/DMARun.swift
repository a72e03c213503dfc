import BulkheadKit
import Foundation
import Partition
import TestSupport
import Testing

/// One boot of a domain that attacks by its devices' DMA, beside its victim.
struct DMARun {
  let transcript: Transcript
  let result: SessionResult
  let plan: Plan
  /// What RAM held at the end that it should not.
  let differences: [String]

  /// - Parameters:
  ///   - errand: the attacker's command line.
  ///   - lastWords: what it says last.
  init(errand: String, until lastWords: String) throws {
    let scratch = try Scratch()
    let fixture = Repository.root + "/Tests/EndToEndTests/Fixtures/dma.yaml"
    let text = try String(contentsOfFile: fixture, encoding: .utf8)
      .replacingOccurrences(of: "../../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "cmdline: dma\n", with: "cmdline: \(errand)\n")
      .replacingOccurrences(of: "LAST-WORDS", with: lastWords)
    let manifest = try scratch.file("dma.yaml", text)
    let map = try scratch.file("foreign.map", [UInt8](repeating: 0, count: ForeignMap.fileSize))
    let draft = try #require(Check(project: Repository.project).run(manifest: manifest).plan)
    try Data(ForeignMap(plan: draft, without: "attacker").file).write(to: URL(fileURLWithPath: map))
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    plan = try #require(build.check.plan)
    let ram = try #require(plan.ram.count == 1 ? plan.ram.first : nil)
    let prepared = try EmulatedSystem(folder: folder, plan: plan).session(takesInput: false)
    var session = Session(
      program: prepared.program,
      arguments: prepared.arguments + EmulatedMemory.arguments(file: scratch.path + "/ram", size: ram.size),
      lines: prepared.lines)
    session.expectations = prepared.expectations
    (transcript, result) = try Transcript.of(session)
    let memory = try EmulatedMemory(file: scratch.path + "/ram", range: ram)
    differences = try MemoryAfterwards(memory: memory, plan: plan, folder: folder.path).differences()
  }
}
