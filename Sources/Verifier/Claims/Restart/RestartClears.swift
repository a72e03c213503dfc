import Diagnostics
import Ownership

/// A restart clears all memory of its domain, and nothing else, and resets its devices as the board says.
enum RestartClears: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-112", title: "a restart clears all of a domain's memory and resets its devices",
    requirement:
      "The spans that a restart clears shall be, one for each region record and in their order, the physical memory that "
      + "stage 2 leads that region to; and its steps those that the board's description has for the domain's devices.",
    hazard: "A domain finds what its last run left, or another one loses its memory while it runs.",
    applicability: "Domains with `on-fault: restart`.",
    example: "bulkhead verify build/cockpit   # a span ends one page before its region")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let restart = domain.record.restart else { continue }
      examined += restart.spans.count + restart.steps.count
      checkSteps(restart, domain, context, &findings)
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
    return ClaimOutcome(description, examined: examined, "spans and steps", findings: findings.all)
  }

  private static func checkSteps(
    _ restart: RestartReading, _ domain: FinishedDomain, _ context: VerificationContext,
    _ findings: inout CappedFindings
  ) {
    let expected = context.groundwork.domain(domain.name)
    let own = context.groundwork.devices.filter { $0.gift?.domain == expected?.index && $0.isUsable }
    let wanted = context.board.description.deviceResets.flatMap { reset -> [RestartReading.Step] in
      guard let window = own.first(where: { $0.device.path == reset.path })?.device.registers.first else { return [] }
      return reset.steps.map { step in
        RestartReading.Step(
          address: window.base &+ step.offset, mask: step.mask, value: step.value, patience: step.patience)
      }
    }
    let registers = own.flatMap(\.device.registers)
    let isInside = restart.steps.allSatisfy { step in
      AddressRange(base: step.address, size: 4).map { word in registers.contains { $0.contains(word) } } ?? false
    }
    guard wanted != restart.steps || !isInside else { return }
    findings.add(
      Finding(
        description, .error,
        "a restart of domain \(domain.name) takes \(restart.steps.count) steps to reset its devices, which are not the "
          + "\(wanted.count) that the board's description has for them, or not all for their registers",
        subjects: ["domains.\(domain.name)"], resource: ResourceReference(.domain, domain.name),
        domains: [domain.name], spans: [expected?.span], help: VerifierRules.rebuild))
  }
}
