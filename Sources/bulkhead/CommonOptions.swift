import ArgumentParser
import BulkheadKit
import Foundation

/// Options that several verbs share, and the one place where findings reach the terminal.
struct CommonOptions: ParsableArguments {
  @Option(help: "When to colour diagnostics: auto, always, never.")
  var color: ColorChoice = .auto

  /// The project that this program belongs to; whether its files are there, `check` and `build` say themselves.
  var project: Project { Project.locate() ?? Project(root: FileManager.default.currentDirectoryPath) }

  /// The same, with its files there.
  func wholeProject() throws(InputError) -> Project {
    let project = project
    try project.checkIsWhole()
    return project
  }

  /// Shows findings as text on standard error.
  func show(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    let renderer = FindingRenderer(usesColour: color.isColored(.standardError))
    Terminal.error(renderer.text(for: findings))
  }

  /// Ends the program with a status, quietly.
  func exit(_ status: CommandStatus) throws {
    if status != .accepted { throw ExitCode(status.rawValue) }
  }

  /// Runs the body of a verb; what it throws as a finding is shown as one, and the exit status says what it was.
  func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as InputError {
      show(error.findings)
      try exit(.unusableInput)
    } catch let error as ImageError {
      show([error.finding])
      try exit(.rejected)
    } catch let error as EmulatorError {
      show([error.finding])
      try exit(.unusableInput)
    }
  }

  /// The system that a manifest describes, built into `buildFolder` with what the boot chain needs, or the one that
  /// lies in a folder already.
  func emulated(_ subject: String, buildFolder: String, chain: BootChain) throws -> EmulatedSystem {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: subject, isDirectory: &isFolder), isFolder.boolValue {
      return EmulatedSystem(folder: try OutputFolder(subject))
    }
    let result = Build(project: project, fit: chain == .uBoot ? FITOptions() : nil).run(
      manifest: subject, into: buildFolder)
    show(result.check.findings)
    guard let folder = result.folder, let loadMap = result.loadMap, let plan = result.check.plan else {
      throw ExitCode(result.check.status.rawValue)
    }
    return EmulatedSystem(folder: OutputFolder(folder, loadMap: loadMap), plan: plan, claims: result.claims)
  }
}
