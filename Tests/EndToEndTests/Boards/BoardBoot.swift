import BulkheadKit
import Foundation
import TestSupport
import Testing

/// One boot of a manifest, to the last of its expectations.
struct BoardBoot {
  /// The boards of the project that QEMU has and that have a `cockpit.yaml`: a new folder is a new case.
  static let boards: [String] = {
    let library = BoardLibrary(root: Repository.root)
    return library.names.filter { name in
      let hasManifest = FileManager.default.fileExists(atPath: manifest(of: name))
      return hasManifest && (try? library.description(of: name))?.emulator != nil
    }
  }()

  let plan: Plan
  let result: SessionResult
  /// Every line as it was shown, with its label.
  let transcript: [String]

  static func manifest(of board: String) -> String { "\(Repository.root)/boards/\(board)/cockpit.yaml" }

  /// Builds and runs a board's `cockpit.yaml`.
  init(_ board: String) throws { try self.init(manifest: Self.manifest(of: board)) }

  /// Builds and runs a manifest.
  ///
  /// - Parameter arguments: for the emulator, behind its own; of two options of the same name it takes the last.
  init(manifest: String, arguments: [String] = []) throws {
    let scratch = try Scratch()
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    plan = try #require(build.check.plan)
    var lines: [String] = []
    let prepared = try EmulatedSystem(folder: folder, plan: plan).session(takesInput: false)
    var session = Session(
      program: prepared.program, arguments: prepared.arguments + arguments, lines: prepared.lines)
    session.expectations = prepared.expectations
    // Whatever the manifest allows each step, a run that hangs ends.
    session.limits.time = .seconds(1800)
    result = try session.run { event in
      if case .console(let fragment) = event {
        if fragment.startsLine { lines.append("[\(fragment.source)] ") }
        if !lines.isEmpty { lines[lines.count - 1] += fragment.text }
      }
      return true
    }
    transcript = lines
  }
}
