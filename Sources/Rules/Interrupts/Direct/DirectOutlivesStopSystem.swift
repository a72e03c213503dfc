import Diagnostics
import Manifest
import Partition

/// EL2 cannot stop a direct domain on another's behalf.
enum DirectOutlivesStopSystem: Rule {
  static let description = RuleDescription(
    "BH-IRQ-034", title: "stop-system reaches every domain",
    requirement: "Where a domain takes its interrupts directly, no other domain shall have `on-fault: stop-system`.",
    hazard:
      "The domain that is to stop everything cannot stop this one: EL2's interrupt would reach the domain as an interrupt of "
      + "its own, and the domain would act on past the moment that the safety concept calls the end.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "domains:\n  a: { interrupts: direct, … }\n  b: { on-fault: stop-system, … }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.directDomains.flatMap { domain in
      context.draft.domains.compactMap { other in
        guard other.index != domain.index, other.declaration.onFault.value == .stopSystem else { return nil }
        return context.directFinding(
          description,
          "a fault of domain \(other.name) is to stop the system, and domain \(domain.name), which takes its interrupts "
            + "directly, could not be stopped", domain, other: other, at: other.declaration.onFault.span,
          label: "what is to stop it",
          help: "write `on-fault: halt` for \(other.name), or `interrupts: virtual` for \(domain.name)")
      }
    }
  }
}
