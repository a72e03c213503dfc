import Diagnostics
import Ownership

/// A restart clears all memory of its domain, and nothing else.
enum RestartClears: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-112", title: "a restart clears all of a domain's memory",
    requirement:
      "The spans that a restart clears shall be, one for each region record and in their order, the physical memory that "
      + "stage 2 leads that region to.",
    hazard: "A domain finds what its last run left, or another one loses its memory while it runs.",
    applicability: "Domains with `on-fault: restart`.",
    example: "bulkhead verify build/cockpit   # a span ends one page before its region")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let restart = domain.record.restart else { continue }
      examined += restart.spans.count
      let memory = domain.record.regions.map { domain.stage2.outputs(of: $0) }
      guard restart.spans.map(Optional.some) != memory else { continue }
      let words = restart.spans.map(\.description).joined(separator: ", ")
      let regions = memory.map { $0?.description ?? "nowhere" }.joined(separator: ", ")
      let expected = context.groundwork.domain(domain.name)
      findings.add(
        Finding(
          description, .error, "a restart of domain \(domain.name) clears \(words), and its memory is \(regions)",
          subjects: ["domains.\(domain.name)", "hypervisor"], resource: ResourceReference(.memory),
          domains: [domain.name], spans: [expected?.declaration.onFault.span ?? expected?.span],
          help: VerifierRules.rebuild))
    }
    return ClaimOutcome(description, examined: examined, "spans", findings: findings.all)
  }
}
