import Board
import DeviceTree
import Diagnostics
import Ownership
import Partition

/// An SMMUv3 with everything that the runtime needs of it.
enum SMMUDrivable: Rule {
  static let description = RuleDescription(
    "BH-SMM-001", title: "an SMMU that stands before a domain's device can be driven",
    requirement:
      "An SMMUv3 with streams of a domain shall have both pages of registers (128 KiB), shared interrupts named `eventq` and "
      + "`gerror`, or one named `combined`, that no domain's device has, and `dma-coherent`; the board shall have a GICv3.",
    hazard:
      "Faults would never be seen, or would come to a domain; or the SMMU reads stale tables from memory while the CPUs' "
      + "caches hold the new ones.",
    applicability: "Images for Bulkhead's own runtime; `board: generic` judges ownership alone.",
    example: "devices: [ /pcie@10000000 ]      # whose SMMU has no interrupt-names")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.smmus.filter { $0.smmu.version == .three }.flatMap { plan in
      gaps(plan.smmu, context).map { gap in
        let user = context.firstDevice(behind: plan)
        return Finding(
          description, .error,
          "the SMMU \(plan.smmu.path), behind which \(user.path) of domain \(user.domain) stands, \(gap)",
          subjects: [plan.smmu.path, user.path], resource: ResourceReference(.stream, on: plan.smmu.path),
          domains: [user.domain], spans: [user.span],
          help: "correct the node in the device tree if the hardware has it, or take \(user.path) out")
      }
    }
  }

  private static func gaps(_ smmu: SMMU, _ context: RuleContext) -> [String] {
    var gaps: [String] = []
    if smmu.registers.first.map({ $0.size < 0x2_0000 || !$0.isAligned(to: Granule.page) }) ?? true {
      gaps.append("has no 128 KiB of registers")
    }
    for (line, name) in [(smmu.eventInterrupt, "eventq"), (smmu.errorInterrupt, "gerror")] {
      guard let line, line.kind == .shared, (32..<1020).contains(line.intid) else {
        gaps.append("has no shared interrupt named \(name) or combined")
        continue
      }
      for domain in context.draft.domains {
        for device in domain.devices where device.sharedInterrupts.contains(line.intid) {
          gaps.append("has interrupt \(line.intid), which is also that of \(device.path) of domain \(domain.name)")
        }
      }
    }
    if context.draft.board.interruptController?.version == .two { gaps.append("stands beside a GICv2") }
    if !smmu.isCoherent { gaps.append("is not `dma-coherent`") }
    return gaps
  }
}

extension RuleContext {
  /// The first device that made an SMMU one to be programmed.
  func firstDevice(behind plan: SMMUPlan) -> (path: String, domain: String, span: SourceSpan?) {
    for domain in draft.domains {
      for device in domain.devices where device.claimedStreams.contains(where: { $0.smmu == plan.smmu.path }) {
        return (device.path, domain.name, device.span)
      }
    }
    return (plan.smmu.path, "", nil)
  }
}
