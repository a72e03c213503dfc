import Diagnostics
import Partition

/// A direct domain can end anybody's interrupt.
enum DirectIsMostCritical: Rule {
  static let description = RuleDescription(
    "BH-IRQ-035", title: "nobody is more critical than a domain with direct interrupts",
    requirement:
      "Where a domain takes its interrupts directly, no other domain shall have a higher criticality. A domain without a "
      + "level counts as QM.",
    hazard:
      "The end of an interrupt (ICC_EOIR1_EL1) does not trap, and it takes any number: a domain can end an interrupt that "
      + "another one is handling, which then comes again too early (seen on QEMU; the architecture leaves it open, Arm IHI "
      + "0069, 12.2.10). Among equals this is an assumption of use that `check` lists.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "domains:\n  a: { interrupts: direct, criticality: QM, … }\n  b: { criticality: ASIL-B, … }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.directDomains.flatMap { domain in
      context.draft.domains.compactMap { other in
        guard other.index != domain.index, other.criticality > domain.criticality else { return nil }
        return context.directFinding(
          description,
          "domain \(domain.name) (\(domain.criticality.rawValue)) is to take its interrupts directly, and could end those "
            + "of domain \(other.name) (\(other.criticality.rawValue)) by their number", domain, other: other,
          at: other.declaration.criticality?.span, label: "the higher level",
          help: "write `interrupts: virtual` for \(domain.name)")
      }
    }
  }
}
