import ArgumentParser
import BulkheadKit

/// `bulkhead verify DIR`.
struct VerifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves from the bytes of a built folder who owns what, and writes the certificate.",
    discussion: """
      Reads the images back, decodes every table in them, and says of each claim whether it holds. What the bytes give \
      is compared with a plan made anew from the manifest that the folder keeps, or from --manifest. \
      `bulkhead-recheck DIR` then checks the certificate by itself.
      """)

  @Argument(help: "A folder that `build` wrote.")
  var folder: String
  @Option(help: "Hold the images against this manifest and the files that it names; else against the folder's own.")
  var manifest: String?
  @Flag(
    name: .customLong("no-hashes"),
    help: "Leave out every SHA-256, so that only what the bytes mean counts; no certificate is written.")
  var leavesOutHashes = false
  @Flag(
    name: .customLong("solve"),
    help: "Have z3 and cvc5 repeat the proof; the problems and all answers are written to DIR/proof.")
  var solves = false
  @Option(help: "How to print the result: text, json, sarif.")
  var format: OutputFormat = .text
  @OptionGroup var common: CommonOptions

  func run() throws {
    let verify = Verify(project: common.project, checksHashes: !leavesOutHashes, solves: solves)
    let result = verify.run(folder: folder, manifest: manifest) { Terminal.error($0) }
    switch format {
    case .json: Terminal.print(result.json)
    case .sarif: Terminal.print(SARIFLog.text(for: result.findings, rules: RuleCatalogue.all, version: Version.current))
    case .text:
      common.show(result.findings)
      Terminal.print(result.text)
    }
    try common.exit(result.status)
  }
}
