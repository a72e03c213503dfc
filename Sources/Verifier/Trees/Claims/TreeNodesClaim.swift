import DeviceTree
import Diagnostics

/// BH-VER-051: every node of a tree is explained, and none is missing.
enum TreeNodesClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-051", title: "every node of a device tree is explained",
    requirement:
      "Each node of a generated device tree shall be one that every domain's tree has, the counterpart of one node "
      + "of the board's tree that the manifest gives the domain, or a provider that such a node refers to; and none of"
      + " these shall be missing.",
    hazard: "A domain drives a device that is not there or not its own, or lacks one that the manifest gives it.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # a node of domains/cluster.dtb was renamed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "nodes") { tree in
      let match = tree.match
      var faults = match.faults + BusNodes.faults(match) + FrameNodes.root(match).faults(of: tree.tree.root)
      for node in tree.tree.nodes {
        switch match.origins[node.index] {
        case .processorStart: faults += FrameNodes.processorStart.faults(of: node)
        case .firmwareGroup: faults += NodeForm().faults(of: node)
        default: break
        }
      }
      return (tree.tree.nodes.count, faults)
    }
  }
}
