import ArgumentParser
import BulkheadKit

/// `bulkhead build MANIFEST`.
struct BuildVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Checks, then writes images, device trees, the load map and the lock file.")

  @Argument(help: "The manifest.")
  var manifest: String
  @Option(name: .shortAndLong, help: "Where to write; build/NAME if not given. An earlier output there is replaced.")
  var output: String?
  @Flag(help: "Refuse anything but the addresses and inputs that the lock file records.")
  var locked = false
  @Flag(help: "Also write single.img, one file that carries every piece, for boot loaders that load one file.")
  var singleFile = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    let build = Build(project: common.project, isLocked: locked, hasSingleFile: singleFile)
    let result = HeldSignals.during { build.run(manifest: manifest, into: output) }
    common.show(result.check.findings)
    if let folder = result.folder, let loadMap = result.loadMap {
      for piece in loadMap.pieces {
        Terminal.error("\(piece.address)  \(piece.owner)  \(piece.role)  \(piece.memorySize) bytes")
      }
      Terminal.print(folder)
    }
    try common.exit(result.check.status)
  }
}
