import Diagnostics
import Partition

/// Memory that somebody else filled cannot be made what it was.
enum ReservedMemoryNotRestarted: Rule {
  static let description = RuleDescription(
    "BH-RST-003", title: "a domain that restarts has no reserved memory",
    requirement: "No node under `reserved-memory:` shall be granted to a domain that restarts.",
    hazard:
      "Left as it is, the new run reads in it what the old one wrote; cleared, it lacks what firmware or a device put there "
      + "and nobody can put there again.",
    applicability: RestartRules.applicability,
    example: "on-fault: restart\nreserved-memory: [ /reserved-memory/framebuffer@80000000 ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.filter { $0.declaration.onFault.value == .restart }.flatMap { domain in
      domain.declaration.reservedMemory.map { entry in
        Finding(
          description, .error,
          "\(Quotation.printable(entry.value)) is granted to domain \(domain.name), which restarts, and nobody could make "
            + "that memory what it was",
          subjects: [domain.subject], resource: ResourceReference(.reservedMemory, entry.value), domains: [domain.name],
          spans: [entry.span, domain.declaration.onFault.span], labels: ["the domain restarts"],
          help: "take the node out of `reserved-memory:`, or write `on-fault: halt`")
      }
    }
  }
}
