import Diagnostics
import Ownership
import Partition

/// Payloads of a domain do not overlap.
enum PayloadsApart: Rule {
  static let description = RuleDescription(
    "BH-PAY-011", title: "payloads are apart",
    requirement: "No two payloads of a domain, what they find zero behind them included, shall overlap.",
    hazard:
      "The later one overwrites the earlier, or a kernel clears its BSS over its device tree: it fails without a word.",
    example: "memory: [ { base: 0x50000000, size: 32 MiB } ]\nkernel: raw.bin\n"
      + "files: [ { path: fw.bin, load: 0x50000000 } ]      # where the kernel goes")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      OverlapSweep.pairs(among: domain.payloads.map(\.guest), limit: 100).map { pair in
        let left = domain.payloads[min(pair.first, pair.second)]
        let right = domain.payloads[max(pair.first, pair.second)]
        return Finding(
          description, .error,
          "the \(left.description) of domain \(domain.name) takes \(left.guest) and the \(right.description) \(right.guest), "
            + "which overlap in \(pair.overlap)",
          subjects: ["\(domain.subject).\(left.role.rawValue)", "\(domain.subject).\(right.role.rawValue)"],
          resource: ResourceReference(.payload, pair.overlap.base.hexadecimal), domains: [domain.name],
          spans: [right.span, left.span], labels: ["the other payload"], help: help(left, right))
      }
    }
  }

  private static func help(_ left: PayloadDraft, _ right: PayloadDraft) -> String {
    let (low, high) = left.guest.base <= right.guest.base ? (left, right) : (right, left)
    let behind = low.guest.end?.roundedUp(to: Granule.page)?.hexadecimal ?? "a lower address"
    return "load the \(high.description) at \(behind) or above"
  }
}
