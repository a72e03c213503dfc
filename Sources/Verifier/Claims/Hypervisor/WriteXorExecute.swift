import Diagnostics
import Ownership

/// Nothing in EL2's map is both writable and executable, and only the runtime's text is executable.
enum WriteXorExecute: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-014", title: "EL2's map is W^X",
    requirement:
      "Nothing that EL2's map lets EL2 write shall be executable there, and nothing but the runtime's text shall be "
      + "executable.",
    hazard: "A single stray write at EL2 becomes code with every right on the machine.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # XN of EL2's data was cleared")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let text = system.hypervisor.text.pages
    for run in system.hypervisorMap.runs where run.attributes & Stage1Bits.executeNever == 0 {
      let isWritable = run.attributes & Stage1Bits.readOnly == 0
      if isWritable { findings.add(wrong(run, "is both writable and executable at EL2")) }
      if !text.contains(run.input) { findings.add(wrong(run, "is executable at EL2, and the text is only \(text)")) }
    }
    return ClaimOutcome(
      description, examined: system.hypervisorMap.leaves.count, "leaf descriptors", findings: findings.all)
  }

  private static func wrong(_ run: MappedRun, _ what: String) -> Finding {
    Finding(
      description, .error,
      "\(run.input) \(what) (first entry \(run.descriptor.hexadecimal) at \(run.place.hexadecimal))",
      subjects: ["hypervisor"], resource: ResourceReference(.memory, run.input.base.hexadecimal),
      help: VerifierRules.rebuild)
  }
}
