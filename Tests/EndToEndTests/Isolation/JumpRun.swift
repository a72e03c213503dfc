import BulkheadKit
import Foundation
import TestSupport
import Testing

/// One boot of three domains that each jump to where they have no instructions.
struct JumpRun {
  static let domains = ["first", "second", "third"]

  let transcript: Transcript
  let result: SessionResult

  /// - Parameters:
  ///   - board: the board's name.
  ///   - jumps: the command lines of the three, in their order.
  init(board: String, jumps: [String]) throws {
    let scratch = try Scratch()
    let fixture = Repository.root + "/Tests/EndToEndTests/Fixtures/jumps.yaml"
    var text = try String(contentsOfFile: fixture, encoding: .utf8)
      .replacingOccurrences(of: "../../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "board: qemu-virt", with: "board: \(board)")
    for (domain, jump) in zip(Self.domains, jumps) {
      text = text.replacingOccurrences(of: "cmdline: \(domain.uppercased())\n", with: "cmdline: \(jump)\n")
      _ = try scratch.file("\(domain).map", [UInt8](repeating: 0, count: ForeignMap.fileSize))
    }
    let manifest = try scratch.file("jumps.yaml", text)
    let plan = try #require(Check(project: Repository.project).run(manifest: manifest).plan)
    for domain in Self.domains {
      _ = try scratch.file("\(domain).map", ForeignMap(plan: plan, without: domain).file)
    }
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    let system = EmulatedSystem(folder: folder, plan: try #require(build.check.plan))
    (transcript, result) = try Transcript.of(try system.session(takesInput: false))
  }
}
