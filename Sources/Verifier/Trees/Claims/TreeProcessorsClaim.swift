import DeviceTree
import Diagnostics

/// BH-VER-052: a tree shows the domain's CPUs.
enum TreeProcessorsClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-052", title: "device trees show the domain's CPUs",
    requirement:
      "A generated device tree shall show each CPU of the domain's records once, by its virtual number, as the "
      + "board's tree describes the CPU of that affinity, started by PSCI.",
    hazard: "A guest starts a CPU that it does not have, leaves one unused, or drives it as one of another type.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # the reg of cpu@1 was changed to 7")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "CPUs") { tree in
      (tree.record.cpus.count, ProcessorNodes.faults(tree.match, tree.record))
    }
  }
}
