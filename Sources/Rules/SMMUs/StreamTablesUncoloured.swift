import Diagnostics
import Ownership
import Partition

/// What an SMMU reads of the hypervisor's memory is in one piece.
enum StreamTablesUncoloured: Rule {
  static let description = RuleDescription(
    "BH-SMM-004", title: "a hypervisor with stream tables has no colours",
    requirement: "Where a domain has a device behind an SMMU, `hypervisor:` shall have no `colours:`.",
    hazard:
      "An SMMU finds its tables and queues by physical addresses that follow one another, as the pages of some colours do "
      + "not.",
    applicability: "Images for Bulkhead's own runtime; `board: generic` judges ownership alone.",
    example: "hypervisor: { colours: [15] }\ndomains:\n  a: { colours: [0, 1], devices: [ /pcie@10000000 ] }")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime, context.draft.hypervisorStripes != nil else { return [] }
    return context.draft.smmus.map { plan in
      let user = context.firstDevice(behind: plan)
      return Finding(
        description, .error,
        "the hypervisor has pages of some cache colours only, and tables for the SMMU \(plan.smmu.path), behind which "
          + "\(user.path) of domain \(user.domain) stands, have to be in one piece",
        subjects: ["hypervisor", plan.smmu.path], resource: ResourceReference(.colour), domains: [user.domain],
        spans: [user.span],
        help: "take \(user.path) out of domain \(user.domain), or `colours:` out of every domain and the hypervisor")
    }
  }
}
