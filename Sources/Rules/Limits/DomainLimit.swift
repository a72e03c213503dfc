import Diagnostics
import ImageFormat

/// No more domains than the runtime's tables hold.
enum DomainLimit: Rule {
  static let description = RuleDescription(
    "BH-LIM-001", title: "number of domains",
    requirement: "A manifest shall have at most \(Limits.domains) domains.",
    hazard: "The runtime's tables are of fixed size; a domain more would not exist.",
    applicability: LimitRules.applicability,
    example: "domains: { d0: …, d1: …, d64: … }")

  static func check(_ context: RuleContext) -> [Finding] {
    let domains = context.draft.domains
    guard context.draft.isForRuntime, domains.count > Limits.domains else { return [] }
    let extra = domains[Limits.domains]
    return [
      Finding(
        description, .error, "the manifest has \(domains.count) domains, and the runtime holds \(Limits.domains)",
        subjects: [extra.subject, "domains"], resource: ResourceReference(.limit, String(Limits.domains)),
        domains: [extra.name], spans: [extra.declaration.name.span ?? extra.declaration.span],
        help: "make do with \(Limits.domains)")
    ]
  }
}
