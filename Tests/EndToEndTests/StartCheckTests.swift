import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A machine that is not the one that the image was built for", .serialized)
struct StartCheckTests {
  @Test(
    "is refused, with the difference in words, and no domain starts",
    arguments: [
      (["-cpu", "cortex-a72"], "type of this CPU (MIDR_EL1) is 0x410fd080, the image was built for 0x410fd030"),
      (["-cpu", "cortex-a55"], "type of this CPU (MIDR_EL1) is 0x410fd050, the image was built for 0x410fd030"),
      (["-smp", "1"], "PSCI CPU_ON answered -2, there is no such CPU"),
    ])
  func refused(arguments: [String], difference: String) throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("pair.yaml", try Manifests.twoDomains())
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    let prepared = try EmulatedSystem(folder: folder, plan: try #require(build.check.plan)).session(takesInput: false)
    // Of two options of the same name QEMU takes the last.
    var session = Session(
      program: prepared.program, arguments: prepared.arguments + arguments, lines: prepared.lines)
    session.expectations = [
      Expectation(source: ConsoleLabels.hypervisor, text: difference, within: .seconds(120))
    ]
    var transcript = Transcript()
    let result = try session.run { event in
      if case .console(let fragment) = event { transcript.add(fragment) }
      return true
    }
    let said = transcript.lines.map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
    for outcome in result.expectations { #expect(outcome.isMet, "\(said)") }
    #expect(transcript.lines.allSatisfy { $0.source == ConsoleLabels.hypervisor }, "\(said)")
    #expect(transcript.lines.first?.text.hasPrefix("refused to start: ") == true, "\(said)")
  }
}
