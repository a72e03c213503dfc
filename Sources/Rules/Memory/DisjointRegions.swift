import Diagnostics
import Ownership
import Partition

/// The regions of one domain do not overlap.
enum DisjointRegions: Rule {
  static let description = RuleDescription(
    "BH-MEM-012", title: "a domain's regions are apart",
    requirement: "No two entries of one domain's `memory` and `reserved-memory` shall share a page.",
    hazard: "The domain would take one piece of RAM for two and overwrite its own data.",
    example:
      "memory:\n  - { base: 0x50000000, size: 32 MiB }\n  - { base: 0x51000000, size: 32 MiB, guest: 0x90000000 }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.indices.flatMap { domain in
      let own = claims(of: domain, context)
      return OverlapSweep.pairs(among: own.map(\.pages), limit: 100).map { pair in
        let (left, right) = (own[min(pair.first, pair.second)], own[max(pair.first, pair.second)])
        return context.finding(
          description, left, right, overlap: pair.overlap, kind: .memory,
          "\(context.words(left)) and \(context.words(right)) overlap in \(pair.overlap)",
          help: "make the two one region, or give the second another `base`")
      }
    }
  }

  private static func claims(of domain: Int, _ context: RuleContext) -> [PhysicalClaim] {
    let draft = context.draft.domains[domain]
    var claims: [PhysicalClaim] = []
    for entry in draft.memory {
      guard let region = entry.region else { continue }
      claims.append(PhysicalClaim(claimant: .region(domain: domain, index: entry.index), pages: region.reach.pages))
    }
    for (index, grant) in draft.reservedMemory.enumerated() {
      claims.append(
        PhysicalClaim(claimant: .granted(domain: domain, index: index), pages: grant.region.physical.pages))
    }
    return claims
  }
}
