import ArgumentParser
import BulkheadKit

/// `bulkhead test MANIFEST`.
struct TestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Boots it in QEMU, waits for what stands under `expect`, writes JUnit.")

  @Argument(help: "The manifest.")
  var manifest: String
  @Option(help: "Where to write the JUnit report; tests.junit.xml beside the images if -o is given, else nowhere.")
  var junit: String?
  @Option(name: .shortAndLong, help: "Keep the images in this folder.")
  var output: String?
  @Flag(help: "Tell what is met in the manifest's own words, and who owned what at the end.")
  var story = false
  @Option(help: "How it gets into memory: direct (QEMU loads it) or u-boot (a real U-Boot verifies a FIT image).")
  var bootChain: BootChain = .direct
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      try TemporaryFolder.with { folder in
        let system = try common.emulated(manifest, buildFolder: output ?? folder + "/image", chain: bootChain)
        guard !system.expectations.isEmpty else {
          throw ValidationError("\(manifest) has nothing under `expect`, so there is nothing to test")
        }
        let result = try ConsoleView(common).run(system.session(takesInput: false, chain: bootChain), tellsStory: story)
        try writeReport(system, result)
        try conclude(system, result)
      }
    }
  }

  /// JUnit where it was asked for, and beside kept images who owned what.
  private func writeReport(_ system: EmulatedSystem, _ result: SessionResult) throws {
    if let file = junit ?? output.map({ $0 + "/tests.junit.xml" }) {
      try ResultFile.write(JUnitReport(system: system, result: result).xml, to: file)
    }
    if let output, let plan = system.plan {
      try ResultFile.write(OwnershipTable(plan).text, to: output + "/ownership.txt")
    }
  }

  private func conclude(_ system: EmulatedSystem, _ result: SessionResult) throws {
    common.show(result.findings)
    let met = result.expectations.filter(\.isMet).count
    if story, let plan = system.plan {
      Terminal.print("\nWho owned what\n\n" + OwnershipTable(plan).text)
      Terminal.print("Before the start the images were read back and every table in them decoded.")
      Terminal.print(system.claims.tally + (output.map { " (\($0)/\(Certificate.fileName))" } ?? ""))
    }
    Terminal.print("\(manifest): \(met) of \(result.expectations.count) expectations met")
    try common.exit(result.findings.containsError || met < result.expectations.count ? .rejected : .accepted)
  }
}
