import Diagnostics
import Ownership
import Partition

/// Somebody sees DMA faults.
enum FaultsTakenByHypervisor: Rule {
  static let description = RuleDescription(
    "BH-SMM-003", title: "DMA faults come to the hypervisor",
    requirement:
      "Where a domain has a device behind an SMMU, one domain at least shall get its interrupts through the hypervisor "
      + "(`interrupts: virtual`).",
    hazard:
      "On a CPU whose domain takes its interrupts itself the hypervisor gets none: nobody would see that a device is refused, "
      + "nor stop one that floods.",
    applicability: "Images for Bulkhead's own runtime; `board: generic` judges ownership alone.",
    example: "domains:\n  a: { interrupts: direct, devices: [ /pcie@10000000 ] }      # the only domain")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.smmus.filter { $0.handler == nil }.map { plan in
      let user = context.firstDevice(behind: plan)
      return Finding(
        description, .error,
        "every domain has `interrupts: direct`, so that no CPU takes the interrupts of the SMMU \(plan.smmu.path), behind which "
          + "\(user.path) of domain \(user.domain) stands",
        subjects: [plan.smmu.path, user.path], resource: ResourceReference(.interrupt, on: plan.smmu.path),
        domains: [user.domain], spans: [user.span], help: "take `interrupts: direct` out of one of the domains")
    }
  }
}
