import Diagnostics
import ImageFormat

/// No more CPUs than the runtime's tables hold.
enum CPULimit: Rule {
  static let description = RuleDescription(
    "BH-LIM-002", title: "number of CPUs",
    requirement: "All domains together shall have at most \(Limits.cpus) CPUs.",
    hazard: "The runtime's tables are of fixed size; a CPU more would have no state.",
    applicability: LimitRules.applicability,
    example: "domains: { a: { cpus: [0, 1, …, 64] } }      # on a board with more than 64 CPUs")

  static func check(_ context: RuleContext) -> [Finding] {
    let cpus = context.draft.domains.flatMap { domain in domain.cpus.map { (domain, $0) } }
    guard context.draft.isForRuntime, cpus.count > Limits.cpus else { return [] }
    let (domain, cpu) = cpus[Limits.cpus]
    return [
      Finding(
        description, .error, "the domains have \(cpus.count) CPUs, and the runtime holds \(Limits.cpus)",
        subjects: ["\(domain.subject).cpus", "domains"], resource: ResourceReference(.limit, String(Limits.cpus)),
        domains: [domain.name], spans: [cpu.span], help: "take this one out")
    ]
  }
}
