import Diagnostics
import Ownership

/// EL2's map leads every address to itself.
enum IdentityMap: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-015", title: "EL2's map is an identity map",
    requirement:
      "Every address that EL2's map maps shall lead to the same physical address; where the hypervisor has cache "
      + "colours, those of its memory shall lead to its pages in their order, and the first of them to itself.",
    hazard: "EL2 takes one piece of memory for another, and every other claim about its map is about the wrong one.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # an output address in EL2's map was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    for run in system.hypervisorMap.runs where run.input != run.output {
      findings.add(
        Finding(
          description, .error,
          "EL2's map leads \(run.input) to \(run.output), not to itself (first entry \(run.descriptor.hexadecimal) at "
            + "\(run.place.hexadecimal))", subjects: ["hypervisor"],
          resource: ResourceReference(.memory, run.input.base.hexadecimal), help: VerifierRules.rebuild))
    }
    return ClaimOutcome(
      description, examined: system.hypervisorMap.leaves.count, "leaf descriptors", findings: findings.all)
  }
}
