import DeviceTree
import Diagnostics

/// BH-VER-056: what a tree tells of the start is what the manifest and the load map say.
enum TreeBootClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-056", title: "device trees tell how the domain starts",
    requirement:
      "The command line of a generated device tree shall be the manifest's, its initial RAM disk where the load map "
      + "puts it, its console the domain's, and its aliases the board's of the devices that the domain has.",
    hazard: "A guest starts with other settings than its author wrote, or takes something else for its RAM disk.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # linux,initrd-end was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "properties") { tree in
      let nodes = BootNodes(tree.match, tree.record, tree.map, payloads: tree.payloads)
      let told = ["/chosen", "/aliases"].compactMap { tree.tree.node(at: $0)?.properties.count }
      return (told.reduce(0, +), nodes.faults)
    }
  }
}
