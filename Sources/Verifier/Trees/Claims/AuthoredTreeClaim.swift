import DeviceTree
import Diagnostics

/// BH-VER-060: a tree of the author's promises nothing that the domain does not have.
enum AuthoredTreeClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-060", title: "an author's own device tree promises what the domain has",
    requirement:
      "A device tree that the manifest names for a domain shall show no CPU, memory, registers, initial RAM disk or "
      + "interrupt that the domain's records and stage 2 do not give it.",
    hazard: "The guest faults on what its own tree promises.",
    applicability: "Domains with `device-tree:`; what else stands in such a tree is its author's.",
    example: "bulkhead verify build/cockpit   # the memory node of my.dtb is larger than memory:")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "promises", authored: true) { tree in
      let promises = AuthoredPromises(tree, partition: system.partition)
      return (promises.examined, promises.faults)
    }
  }
}
