import DeviceTree
import Diagnostics

/// BH-VER-053: a tree shows the memory that stage 2 maps.
enum TreeMemoryClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-053", title: "device trees show the domain's memory",
    requirement:
      "The memory nodes and the reserved memory of a generated device tree shall cover exactly what stage 2 maps as "
      + "the domain's memory, with a memory node for each region of its record.",
    hazard: "A guest that takes an unmapped address for memory faults; memory that it does not know of is lost.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # the size in a memory node was doubled")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "ranges of memory") { tree in
      let nodes = MemoryNodes(tree.match, tree.map, tree.record)
      return (nodes.examined, nodes.faults)
    }
  }
}
