import Diagnostics
import Ownership

/// A domain whose CPU has the physical interrupt interface has nothing that EL2 would need an interrupt for, and can harm
/// nobody more critical.
enum DirectInterruptsAlone: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-100", title: "direct interrupts are where they do no harm",
    requirement:
      "A domain whose record says that it takes its interrupts at EL1 shall have a GICv3, one CPU, no virtual console, no "
      + "other line that EL2 makes, no watchdog, and a fault policy that EL2 can carry out on its CPU alone; no other domain "
      + "shall have a higher criticality or stop the system, and the hypervisor's UART shall interrupt another CPU. It is "
      + "assumed that the domain ends no interrupt by a number that is not its own (ICC_EOIR1_EL1 does not trap).",
    hazard:
      "EL2's own interrupt reaches a domain, a domain that is to be stopped runs on, or one of little criticality "
      + "disturbs the interrupts of another.",
    applicability: "Images with a domain of `interrupts: direct`.",
    example: "bulkhead verify build/cockpit   # the flag is set in the record of a domain with two CPUs")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let direct = system.domains.filter(\.record.hasDirectInterrupts)
    var findings = CappedFindings(description)
    for domain in direct {
      let expected = context.groundwork.domain(domain.name)
      for objection in objections(to: domain, system) {
        findings.add(
          Finding(
            description, .error, "domain \(domain.name) takes its interrupts at EL1, and \(objection)",
            subjects: ["domains.\(domain.name)"], resource: ResourceReference(.interrupt), domains: [domain.name],
            spans: [expected?.declaration.interrupts.span ?? expected?.span], help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(description, examined: direct.count, "domains with direct interrupts", findings: findings.all)
  }

  private static func objections(to domain: FinishedDomain, _ system: FinishedSystem) -> [String] {
    let partition = system.partition
    let others = system.domains.filter { $0.name != domain.name }
    let higher = others.first { $0.record.criticality > domain.record.criticality }
    let stopper = others.first { $0.record.onFault == 1 }
    let consoleIsThere = partition.consoleINTID != 0 && domain.record.cpus.contains(Int(partition.consoleCPU))
    let objections: [String?] = [
      partition.gicVersion == 3 ? nil : "the interrupt controller is a GICv\(partition.gicVersion)",
      partition.machineFlags & 1 == 0 ? nil : "the machine's virtual interrupts are signalled by software",
      domain.record.cpus.count == 1 ? nil : "it has \(domain.record.cpus.count) CPUs",
      domain.record.consoleBase == 0 ? nil : "it has a virtual console",
      domain.record.virtualInterrupts.isEmpty ? nil : "EL2 makes interrupts for it",
      domain.record.watchdog == UInt32.max ? nil : "it has a watchdog",
      domain.record.onFault <= 1 ? nil : "its fault policy is \(domain.record.onFault)",
      higher.map { "domain \($0.name) is more critical" },
      stopper.map { "a fault of domain \($0.name) is to stop it" },
      consoleIsThere ? "the hypervisor's UART interrupts its CPU" : nil,
    ]
    return objections.compactMap { $0 }
  }
}
