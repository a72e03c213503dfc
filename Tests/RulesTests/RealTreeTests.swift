import Board
import Diagnostics
import Ownership
import Partition
import Rules
import TestSupport
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

  private func manifest(_ tree: String, _ devices: [String]) -> String {
    let half = devices.count / 2
    let entries = [devices[..<half], devices[half...]].map { list in
      list.map { "{ path: '\($0)', dma: unprotected, reason: test }" }.joined(separator: ", ")
    }
    return """
      manifest: 1
      name: real
      board: generic
      device-tree: \(tree)
      memory-banks: [{ base: 0x20000000000, size: 1 GiB }]
      domains:
        a: { cpus: [0], memory: 16 MiB, console: none, devices: [\(entries[0])] }
        b: { cpus: [1], memory: 16 MiB, console: none, devices: [\(entries[1])] }
      """
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
        let between = outcome.findings.filter { finding in
          finding.severity == .error && (finding.domains == ["a", "b"] || finding.rule.rawValue == "BH-MEM-014")
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
}
