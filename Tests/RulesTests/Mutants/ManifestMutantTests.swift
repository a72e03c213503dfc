import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("Mutants of valid manifests")
struct ManifestMutantTests {
  /// The demonstration, every board's manifest, and others that are accepted.
  static let bases: [String] =
    ["qemu-virt", "qemu-virt-gicv2", "imx8mp-evk", "versal-virt", "zcu102", "rpi4"].map {
      "\(Repository.root)/boards/\($0)/cockpit.yaml"
    }
    + ["accepted/two-domains.yaml", "accepted/providers.yaml", "mutants/rich.yaml", "mutants/small.yaml"].map {
      "\(Fixture.folder)/\($0)"
    }

  /// Those that get every change; the others are spared what is the same for all: strange keys in every section, lines
  /// that are no YAML, and what `bulkhead test` expects.
  private static func isWhole(_ file: String) -> Bool { file.contains("/mutants/") }

  /// What becomes of every mutant of a manifest.
  private static func tally(_ file: String) throws -> MutationTally {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    // Fixtures name the payloads and trees of the workbench.
    let place = file.hasPrefix(Fixture.folder) ? "\(try Workbench.shared.get().path)/manifest.yaml" : file
    let base = try MutationBase(file: place, text: text, keepsExpectations: isWhole(file))
    var tally = MutationTally()
    for mutant in base.mutants(isWhole: isWhole(file)) { tally.add(base.verdict(on: mutant)) }
    return tally
  }

  /// The manifests that get every change, swept once for every test that looks at them.
  static let rich = Result { try tally("\(Fixture.folder)/mutants/rich.yaml") }
  static let small = Result { try tally("\(Fixture.folder)/mutants/small.yaml") }

  @Test(
    "are refused with a finding that says where, or are valid manifests without a conflict; none is anything else",
    arguments: bases)
  func sweep(file: String) throws {
    let tally =
      switch file {
      case let file where file.hasSuffix("/mutants/rich.yaml"): try Self.rich.get()
      case let file where file.hasSuffix("/mutants/small.yaml"): try Self.small.get()
      default: try Self.tally(file)
      }
    print("\(file.dropFirst(Repository.root.count + 1)): \(tally.summary)")
    if Self.isWhole(file) { print(tally.byRule) }
    #expect(tally.wrong == [])
    #expect(tally.mutants > 300 && tally.refused > tally.mutants / 2)
    // An error of syntax shows where the reader gives up, which is not always the line that was changed.
    #expect(tally.placed * 5 > tally.refused * 4)
  }
}
