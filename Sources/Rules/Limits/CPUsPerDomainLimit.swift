import Diagnostics
import ImageFormat

/// No more CPUs in a domain than its virtual affinity counts.
enum CPUsPerDomainLimit: Rule {
  static let description = RuleDescription(
    "BH-LIM-003", title: "CPUs of one domain",
    requirement: "A domain shall have at most \(Limits.cpusPerDomain) CPUs.",
    hazard:
      "A domain's CPUs differ in Aff0 only, and an SGI's target list has 16 bits (Arm IHI 0069, ICC_SGI1R_EL1): a CPU more "
      + "could not be interrupted by the others.",
    applicability: LimitRules.applicability,
    example: "cpus: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.filter { $0.cpus.count > Limits.cpusPerDomain }.map { domain in
      Finding(
        description, .error,
        "domain \(domain.name) has \(domain.cpus.count) CPUs, and a domain can have \(Limits.cpusPerDomain)",
        subjects: ["\(domain.subject).cpus", domain.subject],
        resource: ResourceReference(.limit, String(Limits.cpusPerDomain)), domains: [domain.name],
        spans: [domain.cpus[Limits.cpusPerDomain].span], help: "take this one and what follows out")
    }
  }
}
