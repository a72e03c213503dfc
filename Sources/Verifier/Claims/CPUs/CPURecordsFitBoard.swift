import Diagnostics
import Ownership

/// What the CPU records say of each CPU is what the board's tree says.
enum CPURecordsFitBoard: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-039", title: "CPU records fit the board",
    requirement: "Each CPU record shall have the MIDR_EL1 of the CPU's type (none for a type that is not known), the "
      + "redistributor that the GIC's regions have for it, and the release address of the tree where it waits in a spin "
      + "table; the boot CPU shall be the tree's first, and the hypervisor's UART shall interrupt the starting CPU of a "
      + "domain of the lowest criticality among those whose interrupts are not direct. Where a domain's CPUs differ, the identification registers that it is shown shall "
      + "be what all of them have in common.",
    hazard:
      "The hypervisor refuses to start, programs another CPU's redistributor, or promises a domain an instruction that "
      + "one of its CPUs does not have.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # the redistributor of CPU 1 stands in the record of CPU 2")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var findings = CappedFindings(description)
    for (index, cpu) in system.partition.cpus.enumerated() {
      guard let known = groundwork.hardware.cpus[cpu.affinity] else { continue }
      for (what, found, wanted) in numbers(of: cpu, known) where found != wanted {
        let message =
          "CPU record \(index) (\(known.cpu.path)) has \(found.hexadecimal) for \(what), and the tree says "
          + (wanted?.hexadecimal ?? "that there is none")
        findings.add(finding(message, [], cpu: cpu.affinity))
      }
    }
    checkRoles(system, groundwork, &findings)
    for domain in system.domains {
      guard let expected = groundwork.domain(domain.name) else { continue }
      let found = Dictionary(
        domain.record.identification.map { ($0.register, $0.value) }, uniquingKeysWith: { first, _ in first })
      guard found != expected.identification else { continue }
      let register = Set(found.keys).union(expected.identification.keys).sorted().first {
        found[$0] != expected.identification[$0]
      }
      let value = { (values: [Int: UInt64]) in register.flatMap { values[$0] }.map(\.hexadecimal) ?? "as the CPU has it"
      }
      let message =
        "domain \(domain.name) is shown the identification register S3_0_C0_C\((register ?? 0) / 8)_\((register ?? 0) % 8) "
        + "as \(value(found)), and by its CPUs it is \(value(expected.identification))"
      findings.add(finding(message, [expected], cpu: nil))
    }
    return ClaimOutcome(description, examined: system.partition.cpus.count, "CPU records", findings: findings.all)
  }

  private static func numbers(
    of cpu: CPUReading, _ known: ExpectedParameters.CPU
  ) -> [(String, UInt64, UInt64?)] {
    [
      ("MIDR_EL1", UInt64(cpu.midr), UInt64(known.midr)),
      ("the bits of MIDR_EL1 that count", UInt64(cpu.midrMask), UInt64(known.midrMask)),
      ("its redistributor", cpu.redistributor, known.redistributor),
      ("its release address", cpu.releaseAddress, known.releaseAddress),
    ]
  }

  /// The boot CPU, and the CPU that takes the UART's interrupts.
  private static func checkRoles(
    _ system: FinishedSystem, _ groundwork: Groundwork, _ findings: inout CappedFindings
  ) {
    let cpus = system.partition.cpus
    let boot = Int(system.partition.bootCPU)
    if !cpus.indices.contains(boot) || cpus[boot].affinity != groundwork.hardware.bootAffinity {
      let first = groundwork.hardware.bootAffinity.map(\.hexadecimal) ?? "none"
      findings.add(
        finding("the boot CPU is CPU record \(boot), which is not the tree's first CPU (\(first))", [], cpu: nil))
    }
    let reached = groundwork.domains.filter { $0.flags & 1 == 0 }
    let lowest = (reached.isEmpty ? groundwork.domains : reached).min { $0.criticality < $1.criticality }
    let console = Int(system.partition.consoleCPU)
    let start = cpus.indices.contains(console) ? cpus[console] : nil
    if start.map(\.affinity) != lowest?.cpus.first.flatMap({ $0 })?.affinity {
      let message =
        "the UART's interrupts go to CPU record \(console), not to the starting CPU of domain \(lowest?.name ?? ""), "
        + "the first of the lowest criticality whose interrupts are not direct"
      findings.add(finding(message, [lowest], cpu: nil))
    }
  }

  private static func finding(_ message: String, _ domains: [ExpectedDomain?], cpu: UInt64?) -> Finding {
    let domains = domains.compactMap { $0 }
    return Finding(
      description, .error, message, subjects: domains.isEmpty ? ["hypervisor"] : domains.map { "domains.\($0.name)" },
      resource: ResourceReference(.cpu, cpu?.hexadecimal), domains: domains.map(\.name), spans: domains.map(\.span),
      help: VerifierRules.rebuild)
  }
}
