import Diagnostics
import Ownership

/// RAM banks do not overlap.
enum DisjointBanks: Rule {
  static let description = RuleDescription(
    "BH-MEM-017", title: "banks of RAM are apart",
    requirement: "No two banks of `memory-banks`, or of the device tree's memory nodes, shall overlap.",
    hazard: "Two descriptions of the same RAM mean that one of them is wrong, and nobody knows which.",
    example: "memory-banks:\n  - { base: 0x40000000, size: 1 GiB }\n  - { base: 0x60000000, size: 1 GiB }")

  static func check(_ context: RuleContext) -> [Finding] {
    let declared = context.draft.manifest.memoryBanks
    let names = context.draft.ram.indices.map { index in
      declared == nil ? context.draft.board.memory[index].path : "memory-banks[\(index)]"
    }
    return OverlapSweep.pairs(among: context.draft.ram, limit: 100).map { pair in
      let (left, right) = (min(pair.first, pair.second), max(pair.first, pair.second))
      return Finding(
        description, .error,
        "\(names[left]) (\(context.draft.ram[left])) and \(names[right]) (\(context.draft.ram[right])) overlap in "
          + pair.overlap.description,
        subjects: [names[left], names[right]], resource: ResourceReference(.memory, pair.overlap.base.hexadecimal),
        spans: declared.map { [$0[left].range.span, $0[right].range.span] } ?? [context.draft.manifest.board.span],
        labels: ["the other bank"],
        help: declared == nil
          ? "write the banks that the board has under `memory-banks:`" : "write each piece of RAM once")
    }
  }
}
