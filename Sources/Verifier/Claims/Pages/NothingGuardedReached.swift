import Diagnostics
import Ownership

/// No domain reaches what keeps the domains apart.
enum NothingGuardedReached: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-032", title: "no domain reaches the hypervisor, the GIC or an SMMU",
    requirement: "No stage-2 entry shall lead to the hypervisor's memory, in which its code and every table lie, to "
      + "registers in the hypervisor's own map, to the interrupt controller with its ITS and MSI frames, or to an SMMU.",
    hazard: "Whoever writes there takes every separation away: tables, interrupts, DMA.",
    applicability: "Every image that is verified. Of a GICv2 each domain is given the virtual CPU interface, which the "
      + "hardware has once for each CPU: exactly its two pages, at the physical interface's place, as device memory.",
    example: "bulkhead verify build/cockpit   # a stage-2 entry leads to the distributor")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    let windows = windows(of: system, groundwork)
    let all = AddressSet(windows.map(\.pages))
    var findings = CappedFindings(description)
    for (index, domain) in system.domains.enumerated() {
      for (position, run) in domain.stage2.runs.enumerated() where all.overlaps(run.output) {
        guard !groundwork.isBanked(run), let window = windows.first(where: { $0.pages.overlaps(run.output) }),
          let common = window.pages.intersection(run.output)
        else { continue }
        let holder = Reach.Holder(domain: index, grant: Stage2Grant(run.attributes), run: position)
        findings.add(
          Finding(
            description, .error,
            "domain \(domain.name) reaches \(window.name) at \(common) as \(holder.grant.words); see "
              + system.entry(of: holder, leadingTo: common.base), subjects: ["domains.\(domain.name)", "hypervisor"],
            resource: ResourceReference(.page, common.base.hexadecimal), domains: [domain.name],
            spans: [groundwork.domain(domain.name)?.span], help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(
      description, examined: system.domains.map(\.stage2.leaves.count).reduce(0, +), "stage-2 leaves",
      findings: findings.all)
  }

  private static func windows(of system: FinishedSystem, _ groundwork: Groundwork) -> [GuardedWindow] {
    let own = GuardedWindow(pages: system.partition.hypervisor, name: "the hypervisor's memory")
    // The health page is among the channels.
    let mapped = system.hypervisorMap.runs.filter {
      !system.partition.hypervisor.contains($0.output) && $0.output != system.healthPage
    }.map {
      GuardedWindow(pages: $0.output, name: "registers that the hypervisor drives")
    }
    let pristine = system.pristineMemory.runs.map {
      GuardedWindow(pages: $0, name: "pristine copies that the hypervisor keeps")
    }
    return [own] + groundwork.guarded + mapped + pristine
  }
}
