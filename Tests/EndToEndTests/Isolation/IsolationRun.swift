import BulkheadKit
import Foundation
import Partition
import TestSupport
import Testing

/// One boot of the fixture: the attacker beside its victim.
struct IsolationRun {
  let transcript: Transcript
  let result: SessionResult
  /// What was built.
  let plan: Plan
  /// What the attacker was told of who owns what.
  let foreign: ForeignMap
  /// What RAM held at the end that it should not; empty after a run without the hypervisor.
  let differences: [String]

  /// Builds the fixture and runs it to its last expectation.
  ///
  /// - Parameters:
  ///   - board: in place of the fixture's.
  ///   - cpu: QEMU's CPU model in place of the board's.
  ///   - commandLine: the attacker's, which says how it ends without any attempt.
  init(board: String = "qemu-virt", cpu: String = "cortex-a53", commandLine: String? = nil) throws {
    let scratch = try Scratch()
    var text = try Self.manifest(board: board, commandLine: commandLine)
    if cpu != "cortex-a53" {
      _ = try scratch.file("any-cpu.dtb", try Self.treeWithoutCPUType(board))
      text = text.replacingOccurrences(of: "board: \(board)\n", with: "board: \(board)\ndevice-tree: any-cpu.dtb\n")
    }
    let manifest = try scratch.file("isolation.yaml", text)
    // The plan does not depend on what the map says, so that the map can be made from it.
    let map = try scratch.file("foreign.map", [UInt8](repeating: 0, count: ForeignMap.fileSize))
    let draft = try #require(Check(project: Repository.project).run(manifest: manifest).plan)
    foreign = ForeignMap(plan: draft, without: "attacker")
    try Data(foreign.file).write(to: URL(fileURLWithPath: map))
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    plan = try #require(build.check.plan)
    try #require(ForeignMap(plan: plan, without: "attacker") == foreign)
    let ram = try #require(plan.ram.count == 1 ? plan.ram.first : nil)
    let memory = EmulatedMemory.arguments(file: scratch.path + "/ram", size: ram.size)
    let board = EmulatedSystem(folder: folder, plan: plan)
    let prepared = try board.session(takesInput: false)
    // Of two options of the same name QEMU takes the last.
    var session = Session(
      program: prepared.program, arguments: prepared.arguments + ["-cpu", cpu, "-rtc", "clock=vm"] + memory,
      lines: prepared.lines)
    session.expectations = prepared.expectations
    (transcript, result) = try Transcript.of(session)
    let ended = MemoryAfterwards(
      memory: try EmulatedMemory(file: scratch.path + "/ram", range: ram), plan: plan, folder: folder.path)
    differences = try ended.differences(pattern: transcript.pattern)
  }

  /// The board's tree with CPUs of no type that the compiler knows: EL2 refuses to start on another type than the tree's.
  private static func treeWithoutCPUType(_ board: String) throws -> [UInt8] {
    var tree = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/.build/boards/\(board).dtb"))
    let (name, other) = (Data("arm,cortex-a53".utf8), Data("arm,unknown-v8".utf8))
    while let range = tree.range(of: name) { tree.replaceSubrange(range, with: other) }
    return [UInt8](tree)
  }

  /// Runs the attacker in plain QEMU, without the hypervisor, until it has made the attempt.
  init(aloneUntil attempt: String) throws {
    let scratch = try Scratch()
    let manifest = try scratch.file(
      "isolation.yaml", try Self.manifest(board: "qemu-virt", commandLine: "without-sweeps"))
    _ = try scratch.file("foreign.map", [UInt8](repeating: 0, count: ForeignMap.fileSize))
    plan = try #require(Check(project: Repository.project).run(manifest: manifest).plan)
    foreign = ForeignMap(plan: plan, without: "attacker")
    let arguments = try SoloBoot("attacker", of: plan).arguments(folder: scratch.path)
    var session = Session(program: try QEMU.find().path, arguments: arguments, labels: .single("attacker"))
    session.expectations = [Expectation(source: "attacker", text: "attempt \(attempt):", within: .seconds(600))]
    (transcript, result) = try Transcript.of(session)
    differences = []
  }

  /// The fixture with its kernels where they are.
  private static func manifest(board: String, commandLine: String?) throws -> String {
    let fixture = Repository.root + "/Tests/EndToEndTests/Fixtures/isolation.yaml"
    var text = try String(contentsOfFile: fixture, encoding: .utf8)
      .replacingOccurrences(of: "../../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: "board: qemu-virt", with: "board: \(board)")
    guard let commandLine else { return text }
    let attacker = try #require(text.range(of: "/hostile.bin\n"))
    text.insert(contentsOf: "    cmdline: \(commandLine)\n", at: attacker.upperBound)
    // Without a campaign there is no sum to wait for.
    let lines = text.components(separatedBy: "\n")
    let sum = try #require(lines.firstIndex { $0.contains("attempts done:") })
    return (lines[..<(sum - 1)] + lines[(sum + 3)...]).joined(separator: "\n")
  }
}
