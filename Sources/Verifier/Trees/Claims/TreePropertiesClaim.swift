import DeviceTree
import Diagnostics

/// BH-VER-059: every property of a copied node is explained.
enum TreePropertiesClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-059", title: "every property of a device is explained",
    requirement:
      "Each property of a node that a generated device tree has from the board's shall be the board's, or what "
      + "`set:` of the manifest says, or differ only where the domain's buses, interrupt controller and providers do; "
      + "its references shall lead to the counterparts of the same nodes, or to stand-ins with the rates that the "
      + "manifest or the board's tree says; and no property shall be missing without such a reason.",
    hazard: "A guest drives a device with settings, clocks or lines that are not the ones it has.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # clock-frequency of a fixed clock was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "properties") { tree in
      let examination = CopyExamination(tree.match, tree.record)
      return (examination.examined, examination.faults)
    }
  }
}
