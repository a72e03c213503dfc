import Diagnostics
import Ownership

/// Every CPU has one owner, and that is the manifest's.
enum CPUsOwnedOnce: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-038", title: "every CPU has one owner",
    requirement: "The CPU records of a domain shall be those of its `cpus:`, in that order, each an enabled CPU of the "
      + "board's tree; no CPU shall have two records, and a record of no domain shall be that of the boot CPU.",
    hazard: "A domain runs on a CPU whose time another was promised.",
    applicability: "Every image that is verified.",
    example: "cpus: [1, 2, 3]      # and a CPU record gives CPU 3 to another domain")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    let cpus = system.partition.cpus
    var findings = CappedFindings(description)
    var seen: [UInt64: Int] = [:]
    for (index, cpu) in cpus.enumerated() {
      if let other = seen[cpu.affinity] {
        let message = "CPU \(cpu.affinity.hexadecimal) is in the CPU records \(other) and \(index)"
        findings.add(finding(message, cpu.affinity, nil))
      }
      seen[cpu.affinity] = seen[cpu.affinity] ?? index
      let known = groundwork.hardware.cpus[cpu.affinity]
      if known?.cpu.isEnabled != true {
        let why = known == nil ? "the tree \(groundwork.hardware.tree) does not have" : "the tree disables"
        findings.add(
          finding("CPU record \(index) is of CPU \(cpu.affinity.hexadecimal), which \(why)", cpu.affinity, nil))
      }
      if cpu.domain == nil, cpu.affinity != groundwork.hardware.bootAffinity {
        findings.add(
          finding(
            "CPU record \(index) is of no domain, and CPU \(cpu.affinity.hexadecimal) does not boot", cpu.affinity, nil)
        )
      }
    }
    for (index, domain) in system.domains.enumerated() {
      guard let expected = groundwork.domain(domain.name) else { continue }
      let found = cpus.enumerated().filter { $0.element.domain == index }
      let listed = domain.record.cpus.clamped(to: cpus.indices).map { cpus[$0].affinity }
      let wanted = expected.cpus.map { $0?.affinity }
      if listed.map(Optional.some) != wanted || found.map(\.element.affinity) != listed {
        let message =
          "domain \(domain.name) has the CPUs \(words(listed)) by its records, and \(words(wanted.compactMap { $0 })) by "
          + "the manifest"
        findings.add(finding(message, listed.first ?? 0, expected))
      }
      for (position, cpu) in found.map(\.element).enumerated() where Int(cpu.virtualIndex) != position {
        let message =
          "CPU \(cpu.affinity.hexadecimal) is CPU \(position) of domain \(domain.name), and its record says \(cpu.virtualIndex)"
        findings.add(finding(message, cpu.affinity, expected))
      }
    }
    return ClaimOutcome(description, examined: cpus.count, "CPU records", findings: findings.all)
  }

  private static func words(_ affinities: [UInt64]) -> String {
    affinities.isEmpty ? "none" : affinities.map(\.hexadecimal).joined(separator: ", ")
  }

  private static func finding(_ message: String, _ affinity: UInt64, _ domain: ExpectedDomain?) -> Finding {
    Finding(
      description, .error, message, subjects: domain.map { ["domains.\($0.name)"] } ?? ["hypervisor"],
      resource: ResourceReference(.cpu, affinity.hexadecimal), domains: domain.map { [$0.name] } ?? [],
      spans: [domain?.declaration.cpus.first?.span ?? domain?.span], help: VerifierRules.rebuild)
  }
}
