import DeviceTree
import Diagnostics

/// BH-VER-058: what a tree promises of interrupts is what the record gives.
enum TreeInterruptsClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-058", title: "device trees promise the interrupts that the domain owns",
    requirement:
      "The shared interrupts that the devices of a generated device tree wait for shall be exactly those of the "
      + "domain's record, with the same triggers.",
    hazard: "A driver waits for ever, or a line that nobody serves stays asserted.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # an interrupt number was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "interrupts") { tree in
      let promises = InterruptPromises(tree.match, tree.record)
      return (promises.examined, promises.faults)
    }
  }
}
