import Diagnostics
import Ownership

/// EL2's map holds nothing that a domain can reach.
enum NoForeignMemory: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-017", title: "EL2 maps nothing of a domain",
    requirement:
      "No page that a domain's stage 2 leads to shall be mapped at EL2: no RAM, no channel, no device; but for "
      + "the health page, where the domain can only read, Non-cacheable.",
    hazard: "EL2 can be made to read or write a domain's memory, or a domain reaches memory that EL2 trusts.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # EL2's map got a page of a domain")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let own = AddressSet(system.hypervisorMap.runs.map(\.output))
    // What no domain may even read.
    let hidden = own.subtracting(AddressSet([system.healthPage].compactMap { $0 }))
    var leaves = 0
    for domain in system.domains {
      leaves += domain.stage2.leaves.count
      for run in domain.stage2.runs where own.overlaps(run.output) {
        let kept = Stage2Grant(run.attributes) == .channelReader ? hidden : own
        if kept.overlaps(run.output) { findings.add(shared(run, kept, domain.name)) }
      }
    }
    return ClaimOutcome(description, examined: leaves, "stage-2 leaf descriptors", findings: findings.all)
  }

  private static func shared(_ run: MappedRun, _ own: AddressSet, _ domain: String) -> Finding {
    let common = own.intersection(run.output).first ?? run.output
    let guest = run.input.base + (common.base - run.output.base)
    return Finding(
      description, .error,
      "\(common) is mapped at EL2, and domain \(domain) reaches it at guest address \(guest.hexadecimal) (first entry "
        + "\(run.descriptor.hexadecimal) at \(run.place.hexadecimal))",
      subjects: ["hypervisor", "domains.\(domain)"], resource: ResourceReference(.memory, common.base.hexadecimal),
      domains: [domain], help: VerifierRules.rebuild)
  }
}
