import Diagnostics
import Partition

/// EL2 could not stop the second CPU of a direct domain.
enum DirectHasOneCPU: Rule {
  static let description = RuleDescription(
    "BH-IRQ-031", title: "a domain with direct interrupts has one CPU",
    requirement: "A domain that takes its interrupts directly shall have one CPU.",
    hazard:
      "EL2 gets no interrupt on a CPU of such a domain. When one of its CPUs faulted or shut the domain down, EL2 could not "
      + "stop another one, which would run on for as long as it does not trap.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "domains:\n  a: { interrupts: direct, cpus: [0, 1], … }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.directDomains.compactMap { domain in
      guard let second = domain.declaration.cpus.dropFirst().first else { return nil }
      return context.directFinding(
        description,
        "domain \(domain.name) is to take its interrupts directly on \(domain.declaration.cpus.count) CPUs: when one ends "
          + "the domain, EL2 could not stop the others", domain, at: second.span, label: "the second CPU",
        help: "leave one CPU under `cpus`, or write `interrupts: virtual`")
    }
  }
}
