import Diagnostics
import ImageFormat

/// No more regions in a domain than the runtime's tables hold.
enum RegionLimit: Rule {
  static let description = RuleDescription(
    "BH-LIM-004", title: "memory regions of one domain",
    requirement: "A domain shall have at most \(Limits.regionsPerDomain) regions of memory.",
    hazard: "The runtime would not know of the others when it checks a CPU's entry point.",
    applicability: LimitRules.applicability,
    example: "memory: [ { size: 2 MiB }, { size: 2 MiB }, … ]      # 33 of them")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.filter { $0.memory.count > Limits.regionsPerDomain }.map { domain in
      Finding(
        description, .error,
        "domain \(domain.name) has \(domain.memory.count) memory regions, and a domain can have \(Limits.regionsPerDomain)",
        subjects: ["\(domain.subject).memory", domain.subject],
        resource: ResourceReference(.limit, String(Limits.regionsPerDomain)), domains: [domain.name],
        spans: [domain.memory[Limits.regionsPerDomain].declaration.span], help: "join regions that lie side by side")
    }
  }
}
