import ArgumentParser
import BulkheadKit

/// `bulkhead check MANIFEST`.
struct CheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Plans and runs every rule; writes nothing.")

  @Argument(help: "The manifest.")
  var manifest: String
  @Option(help: "How to print the verdict: text, json, sarif.")
  var format: OutputFormat = .text
  @Flag(help: "Refuse anything but the addresses and inputs that the lock file records.")
  var locked = false
  @Option(
    name: .customLong("on"),
    help: ArgumentHelp(
      "Judge it on another board, or on a compiled device tree (.dtb): would it fit, and what is missing?",
      valueName: "other-board"))
  var otherBoard: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard locked, otherBoard != nil else { return }
    throw ValidationError("--locked compares with the lock file of the manifest's own board; it does not go with --on")
  }

  func run() throws {
    let result = Check(project: common.project, isLocked: locked, otherBoard: otherBoard).run(manifest: manifest)
    switch format {
    case .json: Terminal.print(FindingsJSON.text(for: result.findings, assumptions: result.assumptions.json))
    case .sarif: Terminal.print(SARIFLog.text(for: result.findings, rules: RuleCatalogue.all, version: Version.current))
    case .text:
      common.show(result.findings)
      Terminal.print((result.isAccepted ? result.assumptions.text : "") + result.summary)
    }
    try common.exit(result.status)
  }
}
