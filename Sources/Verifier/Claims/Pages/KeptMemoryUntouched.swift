import Diagnostics
import Ownership

/// No domain, and not the hypervisor either, has memory that firmware keeps.
enum KeptMemoryUntouched: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-033", title: "memory that firmware keeps stays firmware's",
    requirement:
      "No entry of any translation table shall lead to memory that the board's tree reserves or the manifest "
      + "lists under `reserved:`, unless the manifest grants just that domain the node under `reserved-memory:`.",
    hazard: "Firmware and a domain overwrite each other, or a domain changes what firmware runs.",
    applicability:
      "Every image that is verified. Pages where CPUs wait in a spin table count as reserved; the hypervisor, "
      + "which writes a CPU's start address there, may map those.",
    example: "bulkhead verify build/cockpit   # a stage-2 entry leads into /reserved-memory/optee@…")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var findings = CappedFindings(description)
    for (index, domain) in system.domains.enumerated() {
      let expected = groundwork.domain(domain.name)
      for (position, run) in domain.stage2.runs.enumerated() where groundwork.kept.all.overlaps(run.output) {
        guard let entry = groundwork.kept.entry(meeting: run.output, butOf: expected?.index),
          let common = entry.pages.intersection(run.output)
        else { continue }
        let holder = Reach.Holder(domain: index, grant: Stage2Grant(run.attributes), run: position)
        findings.add(
          Finding(
            description, .error,
            "domain \(domain.name) reaches \(common), which \(entry.name) keeps for firmware; see "
              + system.entry(of: holder, leadingTo: common.base), subjects: ["domains.\(domain.name)", entry.name],
            resource: ResourceReference(.reservedMemory, common.base.hexadecimal), domains: [domain.name],
            spans: [expected?.span, entry.span], labels: ["what is reserved"], help: VerifierRules.rebuild))
      }
    }
    let own = system.partition.hypervisor
    if let entry = groundwork.kept.entry(meeting: own, butOf: nil) {
      findings.add(
        Finding(
          description, .error, "the hypervisor's memory \(own) meets \(entry.pages), which \(entry.name) keeps",
          subjects: ["hypervisor", entry.name],
          resource: ResourceReference(.reservedMemory, entry.pages.base.hexadecimal),
          spans: [entry.span], help: VerifierRules.rebuild))
    }
    return ClaimOutcome(
      description, examined: groundwork.kept.entries.count + system.domains.map(\.stage2.leaves.count).reduce(0, +),
      "stage-2 leaves and reserved ranges", findings: findings.all)
  }
}
