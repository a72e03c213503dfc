import Diagnostics
import Ownership

/// Every interrupt has one owner.
enum InterruptsOwnedOnce: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-036", title: "every interrupt has one owner",
    requirement:
      "No INTID shall be in the ownership bits of two domains, or in those of a domain and the hypervisor's: its "
      + "UART's, the GIC's maintenance interrupt, a timer's, an SMMU's. A domain with direct interrupts is assumed to end "
      + "none by a number that is not its own: no hardware holds that.",
    hazard: "One domain ends, masks or retargets the interrupts of another's device.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # bit 2 of word 1 is set in two domain records")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var own = groundwork.hardware.ownLines
    let partition = system.partition
    if partition.consoleINTID != 0, own[partition.consoleINTID] == nil {
      own[partition.consoleINTID] = "the interrupt of the hypervisor's UART"
    }
    for smmu in partition.smmus {
      own[smmu.eventINTID] = "the interrupt of the SMMU at \(smmu.registers.hexadecimal)"
      own[smmu.errorINTID] = own[smmu.errorINTID] ?? "the error interrupt of the SMMU at \(smmu.registers.hexadecimal)"
    }
    var owners: [UInt32: String] = [:]
    var findings = CappedFindings(description)
    for domain in system.domains {
      let expected = groundwork.domain(domain.name)
      for intid in domain.record.interrupts {
        if let what = own[intid] {
          findings.add(finding(intid, "domain \(domain.name) has interrupt \(intid), which is \(what)", [expected]))
        }
        if let other = owners[intid] {
          findings.add(
            finding(
              intid, "interrupt \(intid) is in the records of domain \(other) and of domain \(domain.name)",
              [groundwork.domain(other), expected]))
        }
        owners[intid] = owners[intid] ?? domain.name
      }
    }
    return ClaimOutcome(description, examined: owners.count + own.count, "interrupts", findings: findings.all)
  }

  private static func finding(_ intid: UInt32, _ message: String, _ domains: [ExpectedDomain?]) -> Finding {
    Finding(
      description, .error, message, subjects: domains.compactMap { $0.map { "domains.\($0.name)" } },
      resource: ResourceReference(.interrupt, String(intid)), domains: domains.compactMap { $0?.name },
      spans: domains.map { $0?.span }, help: VerifierRules.rebuild)
  }
}
