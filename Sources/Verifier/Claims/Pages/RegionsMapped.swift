import Diagnostics
import Manifest
import Ownership

/// A domain has the RAM that it was promised, all of it.
enum RegionsMapped: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-035", title: "a domain has all RAM that the manifest gives it",
    requirement:
      "The region records of a domain shall be the entries of its `memory:` in their order, with their size and "
      + "where it says so their guest address; stage 2 shall map each to one piece of RAM, at the physical address that "
      + "`base:` names, and at its own address where no `guest:` is written.",
    hazard: "A domain faults where its tree promises memory, or its DMA goes to other memory than its CPUs.",
    applicability: "Every image that is verified.",
    example: "memory: [{ size: 64 MiB, base: 0x50000000 }]      # and the tables say 0x51000000")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let expected = context.groundwork.domain(domain.name) else { continue }
      let declared = expected.declaration.memory
      if declared.count != domain.record.regions.count {
        let message =
          "domain \(domain.name) has \(domain.record.regions.count) region records, and `memory:` has \(declared.count)"
        findings.add(finding(message, expected, expected.span))
      }
      for (region, declaration) in zip(domain.record.regions, declared) {
        examined += 1
        if let message = objection(to: region, declaration, domain, context.groundwork) {
          findings.add(
            finding("domain \(domain.name)'s RAM at guest address \(region) \(message)", expected, declaration.span))
        }
      }
    }
    return ClaimOutcome(description, examined: examined, "regions", findings: findings.all)
  }

  private static func objection(
    to region: AddressRange, _ declaration: MemoryDeclaration, _ domain: FinishedDomain, _ groundwork: Groundwork
  ) -> String? {
    guard region.size == declaration.size.value else {
      return "has \(region.size.byteCount), and `memory:` says \(declaration.size.value.byteCount)"
    }
    if let guest = declaration.guest?.value, guest != region.base {
      return "is to be at \(guest.hexadecimal) by `guest:`"
    }
    guard let physical = domain.stage2.outputs(of: region), let run = domain.stage2.run(at: region.base),
      Stage2Grant(run.attributes) == .memory
    else { return "is not mapped to one piece of cacheable memory to read, write and execute" }
    guard groundwork.memory.contains(physical) else { return "leads to \(physical), and not all of that is RAM" }
    if let base = declaration.base?.value, base != physical.base {
      return "leads to \(physical), and `base:` says \(base.hexadecimal)"
    }
    if declaration.guest == nil, physical.base != region.base {
      return "leads to \(physical), and without `guest:` it is at its own address"
    }
    return nil
  }

  private static func finding(_ message: String, _ domain: ExpectedDomain, _ span: SourceSpan?) -> Finding {
    Finding(
      description, .error, message, subjects: ["domains.\(domain.name)"], resource: ResourceReference(.region),
      domains: [domain.name], spans: [span], help: VerifierRules.rebuild)
  }
}
