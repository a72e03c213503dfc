import Board
import Diagnostics
import Ownership
import Partition
import Rules
import TestSupport
import Testing

@Suite("Real boards' trees")
struct RealTreeTests {
  private let bench: Workbench
  /// Every ninth of Debian's trees: all vendors, in a time that a test may take.
  private let trees: [String]

  init() throws {
    bench = try Workbench.shared.get()
    trees = Corpus.names.enumerated().filter { $0.offset % 9 == 0 }.map { Corpus.folder + "/" + $0.element }
  }

  /// The first half of the devices for one domain, the second for the other.
  private func manifest(_ tree: String, _ devices: [String]) -> String {
    let half = devices.count / 2
    return SplitTree.manifest(tree, Array(devices[..<half]), Array(devices[half...]))
  }

  @Test("give the same verdict on shared hardware by the rules and by the ownership map")
  func agreement() throws {
    try #require(trees.count > 50, "the trees are missing: make setup fetches them")
    var generator = SeededGenerator(seed: 0x577)
    var verdicts: [Bool: Int] = [:]
    for tree in trees {
      let board = try Board.generic(treeFile: tree)
      let enabled = board.devices.filter { $0.isEnabled && !$0.registers.isEmpty }.map(\.path)
      for size in [4, 16] {
        let text = manifest(tree, Array(enabled.shuffled(using: &generator).prefix(size)))
        let outcome = bench.check(text)
        guard let draft = outcome.planning?.draft else { continue }
        // Lines and PHYs are no resources of the ownership map.
        let mapped: Set<ResourceKind> = [
          .page, .interrupt, .stream, .memory, .reservedMemory, .device, .cpu, .region, .provider,
        ]
        let between = outcome.findings.filter { finding in
          finding.severity == .error && (finding.domains == ["left", "right"] || finding.rule.rawValue == "BH-MEM-014")
            && (finding.rule.rawValue != "BH-IRQ-005" || finding.resource?.controller == nil)
            && finding.resource.map { mapped.contains($0.kind) } ?? true
        }
        let conflicts = draft.ownership.conflicts.filter { conflict in
          conflict.existing.owner != .hypervisor && conflict.incoming.owner != .hypervisor
        }
        #expect(between.isEmpty == conflicts.isEmpty, "\(tree)\n\(between.map(\.message))\n\(conflicts)\n\(text)")
        verdicts[between.isEmpty, default: 0] += 1
      }
    }
    #expect((verdicts[true] ?? 0) > 10 && (verdicts[false] ?? 0) > 10)
  }

  /// What no policy separates, in the words of the findings.
  private static let inseparable: Set<ResourceKind> = [
    .page, .interrupt, .stream, .device, .dmaChannel, .gpioLine, .mailboxChannel, .phy, .dependency,
  ]

  @Test("give the same verdict on every pair of devices by `check` and by `devices`")
  func listing() throws {
    var generator = SeededGenerator(seed: 0xDE71CE5)
    var verdicts: [Bool: Int] = [:]
    for tree in trees {
      let listing = DeviceListing(try Board.generic(treeFile: tree))
      let free = Set(listing.devices.filter(\.isAssignable).map(\.device.path))
      // Of the pairs that are bound, some of each kind; of the others, some at random.
      let bound = listing.conflicts.all.filter { free.contains($0.first) && free.contains($0.second) }
        .shuffled(using: &generator).prefix(4).map { [$0.first, $0.second] }
      let paths = free.sorted().shuffled(using: &generator)
      let others = zip(paths.prefix(3), paths.dropFirst(3).prefix(3)).map { [$0.0, $0.1] }
      for pair in bound + others where !pair[0].hasPrefix(pair[1] + "/") && !pair[1].hasPrefix(pair[0] + "/") {
        let findings = bench.check(manifest(tree, pair)).findings
        let between = findings.filter { finding in
          finding.severity == .error && Set(finding.domains) == ["left", "right"]
            && finding.resource.map { Self.inseparable.contains($0.kind) } ?? false
        }
        let detail = try #require(listing.detail(of: pair[0]))
        let conflicts = detail.conflicts.filter { conflict in
          [conflict.first, conflict.second].contains { $0 == pair[1] || $0.hasPrefix(pair[1] + "/") }
        }
        #expect(between.isEmpty == conflicts.isEmpty, "\(tree)\n\(pair)\n\(between.map(\.message))\n\(conflicts)")
        verdicts[between.isEmpty, default: 0] += 1
      }
    }
    #expect((verdicts[true] ?? 0) > 50 && (verdicts[false] ?? 0) > 50)
  }
}
