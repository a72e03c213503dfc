import ArgumentParser
import BulkheadKit

/// `bulkhead build MANIFEST`.
struct BuildVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Checks, writes images, trees, load map and lock file, and verifies them before they take their place.")

  @Argument(help: "The manifest.")
  var manifest: String
  @Option(name: .shortAndLong, help: "Where to write; build/NAME if not given. An earlier output there is replaced.")
  var output: String?
  @Flag(help: "Refuse anything but the addresses and inputs that the lock file records.")
  var locked = false
  @Flag(help: "Also write single.img, one file that carries every piece, for boot loaders that load one file.")
  var singleFile = false
  @Flag(help: "Also write u-boot/, a FIT image with hashes and the script with which U-Boot starts it.")
  var fit = false
  @Option(
    help: ArgumentHelp(
      "Sign the FIT image with NAME.key of the folder (implies --fit); NAME may be left out where there is one key.",
      valueName: "folder[:name]"))
  var sign: String?
  @Flag(help: "Write the domains' device trees alone (domains/NAME.dtb); works for every board that can be judged.")
  var treesOnly = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard treesOnly, singleFile || fit || sign != nil else { return }
    throw ValidationError("--trees-only writes no images; leave out --single-file, --fit and --sign")
  }

  func run() throws {
    if treesOnly { return try buildTrees() }
    try common.reporting {
      let key = try sign.map { argument throws(InputError) in try SigningKey(argument) }
      try build(fit: fit || key != nil ? FITOptions(key: key) : nil)
    }
  }

  private func build(fit: FITOptions?) throws {
    let build = Build(project: common.project, isLocked: locked, hasSingleFile: singleFile, fit: fit)
    let result = HeldSignals.during { build.run(manifest: manifest, into: output) }
    common.show(result.check.findings)
    if let folder = result.folder, let loadMap = result.loadMap {
      for line in loadMap.summary { Terminal.error(line) }
      if let uBoot = loadMap.uBoot { Terminal.error("\(uBoot.fitAddress)  FIT image  \(uBoot.fitSize) bytes") }
      Terminal.error("verified before it took its place: \(result.claims.tally)")
      Terminal.print(folder)
    }
    try common.exit(result.check.status)
  }

  private func buildTrees() throws {
    let build = TreeBuild(project: common.project, isLocked: locked)
    let result = HeldSignals.during { build.run(manifest: manifest, into: output) }
    common.show(result.check.findings)
    for file in result.files { Terminal.print(file) }
    try common.exit(result.check.status)
  }
}
