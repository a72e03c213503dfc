import Diagnostics
import Ownership

/// Domains' RAM is RAM.
enum MemoryInBanks: Rule {
  static let description = RuleDescription(
    "BH-MEM-013", title: "memory lies in the board's RAM",
    requirement: "Every region of a domain shall lie in the RAM that the device tree or `memory-banks` shows.",
    hazard:
      "Addresses without RAM behind them answer with a bus error or, worse, with whatever device is there: Bao hangs "
      + "without a word, Xen takes a data abort of its own.",
    example: "memory: [ { base: 0x20000000, size: 32 MiB } ]      # RAM starts at 0x40000000")

  static func check(_ context: RuleContext) -> [Finding] {
    let ram = AddressSet(context.draft.ram)
    guard !ram.isEmpty else { return [] }
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for entry in domain.memory {
        guard let range = entry.region?.reach, !ram.contains(range) else { continue }
        let outside = AddressSet(CollectionOfOne(range)).subtracting(ram).runs
        let field = "\(domain.subject).memory[\(entry.index)]"
        findings.append(
          Finding(
            description, .error,
            "\(field) is \(range), and the board has no RAM at \(outside.first?.description ?? range.description)",
            subjects: [field, context.draft.board.name],
            resource: ResourceReference(.memory, range.base.hexadecimal), domains: [domain.name],
            spans: [entry.declaration.base?.span ?? entry.declaration.span], help: help(ram, context, range)))
      }
    }
    return findings
  }

  private static func help(_ ram: AddressSet, _ context: RuleContext, _ range: AddressRange) -> String {
    let banks = ram.runs.prefix(4).map(\.description).joined(separator: ", ")
    let place = context.freePlace(for: range.size).map { "; `base: \($0.base.hexadecimal)` is free" } ?? ""
    return "choose a base in \(banks)\(ram.runs.count > 4 ? " …" : ""), or leave `base` out\(place)"
  }
}
