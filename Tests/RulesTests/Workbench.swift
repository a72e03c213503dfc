import Board
import DeviceTree
import Diagnostics
import Foundation
import Manifest
import Partition
import Rules
import TestSupport

/// A folder with small kernels and compiled trees, in which manifests are checked the way the tool does it.
final class Workbench: Sendable {
  /// The one of this run: nothing in it changes once it is made.
  static let shared = Result { try Workbench() }

  /// The folder, below the project's build folder.
  let path: String
  private init() throws {
    let root = Repository.root
    path = root + "/.build/scratch/rules-tests"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, bytes) in SmallPayloads.all { try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name)) }
    try compile(root + "/dts/qemu-virt.dts", to: "qemu-virt.dtb")
    let trees = Fixture.folder + "/trees/"
    for name in try FileManager.default.contentsOfDirectory(atPath: trees) where name.hasSuffix(".dts") {
      try compile(trees + name, to: name.dropLast(4) + ".dtb")
    }
  }

  private func compile(_ source: String, to name: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "dtc", "-q", "-@", "-i", Repository.root + "/dts", "-I", "dts", "-O", "dtb", "-o", path + "/" + name, source,
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CompileError(source: source) }
  }

  struct CompileError: Error { let source: String }

  /// What one check came to.
  struct Outcome {
    let findings: [Finding]
    let planning: Planning?
  }

  /// Reads, plans and judges a manifest as if it stood in the folder.
  ///
  /// - Parameters:
  ///   - tree: a compiled tree of the folder in place of the board's own, on the same board otherwise.
  ///   - lock: the text of a lock file to compare with.
  func check(_ text: String, tree: String? = nil, lock: String? = nil) -> Outcome {
    do throws(InputError) {
      let reading = try ManifestReader.read(text: text, file: path + "/manifest.yaml", rules: RuleBook.all)
      guard let manifest = reading.manifest else { return Outcome(findings: reading.findings, planning: nil) }
      let board = try board(manifest, tree: tree)
      let lockFile = try lock.map { text throws(InputError) in
        try LockFile.read(text: text, file: path + "/manifest.lock.yaml")
      }
      let planning = Planner.plan(manifest, on: board, lock: lockFile, files: [])
      let findings = WaiverRules.apply(manifest.waivers, to: reading.findings + RuleBook.check(planning))
      return Outcome(findings: findings, planning: planning)
    } catch {
      return Outcome(findings: [error.finding], planning: nil)
    }
  }

  private func board(_ manifest: Manifest, tree: String?) throws(InputError) -> Board {
    if manifest.board.value == "generic" { return try Board.generic(treeFile: manifest.deviceTree?.value ?? "") }
    let description = try BoardLibrary(root: Repository.root).description(of: manifest.board.value)
    let file = tree ?? manifest.board.value + ".dtb"
    let generic = try Board.generic(treeFile: path + "/" + file)
    return Board.read(name: manifest.board.value, tree: generic.tree, treeFile: file, description: description)
  }
}
