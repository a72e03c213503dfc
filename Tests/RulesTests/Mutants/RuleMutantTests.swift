import BulkheadKit
import Testing

@Suite("Every rule that speaks about a manifest")
struct RuleMutantTests {
  /// Rules without a manifest that is one change away from a valid one, and why.
  static let exceptions: [String: String] = [
    "BH-COL-010": aboutImages, "BH-COL-011": aboutImages, "BH-DT-002": aboutBoards, "BH-DT-003": aboutBoards,
    "BH-DT-004": aboutBoards, "BH-DT-006": aboutBoards,
    "BH-DT-008": aboutBoards, "BH-DT-009": aboutBoards, "BH-GST-101": aboutTrees, "BH-GST-102": aboutTrees,
    "BH-GST-103": aboutTrees, "BH-GST-104": aboutTrees, "BH-GST-105": aboutTrees, "BH-GST-106": aboutTrees,
    "BH-GST-111": ownTrees, "BH-GST-112": ownTrees, "BH-GST-113": ownTrees, "BH-GST-114": ownTrees,
    "BH-GST-115": ownTrees, "BH-LCK-001": aboutLocks, "BH-LCK-002": aboutLocks,
    "BH-YAML-002": "it speaks about bytes that are no UTF-8, and so about no manifest that has a text",
  ]

  private static let aboutImages = "it speaks about the layout of an image, which `check` does not make"
  private static let aboutBoards = "it speaks about a board's tree or board.yaml, whatever the manifest says"
  private static let aboutTrees = "it speaks about what a generated tree leaves out, and refuses nothing in a manifest"
  private static let ownTrees = "it speaks about the contents of a tree that a person wrote; OwnTreeTests has them"
  private static let aboutLocks =
    "it speaks about a lock file, which only `--locked` reads; its failing manifests have one"

  /// Whether a rule speaks about manifests, alone or with a board: not about programs, images or the solvers.
  static func isAboutManifests(_ rule: RuleDescription) -> Bool {
    let family = rule.id.rawValue.split(separator: "-").dropFirst().first.map(String.init) ?? ""
    return !["EMU", "IMG", "KIT", "VER"].contains(family)
  }

  @Test("refuses a mutant of a valid manifest: a failing manifest that one change makes valid again")
  func neighbours() throws {
    var covered: [String: [String]] = [:]
    var alone: [String] = []
    for failing in try FailingManifest.all() {
      #expect(!failing.isValid(failing.text), "\(failing)")
      if covered[failing.rule] != nil { continue }
      guard let neighbour = ValidNeighbour(of: failing) else {
        alone.append("\(failing)")
        continue
      }
      covered[failing.rule, default: []].append("\(failing): \(neighbour.change)")
    }
    let rules = RuleCatalogue.all.filter(Self.isAboutManifests).map(\.id.rawValue)
    let byNeighbour = covered.count
    for tally in [try ManifestMutantTests.rich.get(), try ManifestMutantTests.small.get()] {
      for rule in tally.rules.keys where covered[rule] == nil { covered[rule] = ["a mutant of a whole sweep"] }
    }
    let missing = rules.filter { covered[$0] == nil && Self.exceptions[$0] == nil }
    print(
      "\(covered.count) of \(rules.count) rules about manifests speak about a mutant of a valid manifest, \(byNeighbour) of "
        + "them about a failing manifest that is one change away from one; \(Self.exceptions.count) cannot")
    for failing in alone { print("  more than one change: \(failing)") }
    #expect(missing == [], "rules without a mutant")
    #expect(Self.exceptions.keys.filter { covered[$0] != nil || !rules.contains($0) }.isEmpty, "needless exceptions")
  }
}
