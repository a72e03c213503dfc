import Diagnostics
import ImageFormat
import Ownership
import Partition

/// Assigned streams can stand in a table of reasonable size.
enum StreamsFitTable: Rule {
  static let description = RuleDescription(
    "BH-SMM-002", title: "streams fit into the SMMU's table",
    requirement:
      "Streams of domains on SMMUs of version 3 shall have ids of \(Limits.streamBits) bits at most, single or in runs of a "
      + "power of two; there shall be no more than \(Limits.streams) such runs on \(Limits.smmus) SMMUs.",
    hazard: "A table for every possible id would take the hypervisor's memory many times over.",
    applicability: "Images for Bulkhead's own runtime; `board: generic` judges ownership alone.",
    example: "devices: [ /pcie@10000000 ]      # iommu-map = <0 &smmu 0x1000000 0x10000>")

  static func check(_ context: RuleContext) -> [Finding] {
    let smmus = context.draft.smmus.filter { $0.smmu.version == .three }
    guard context.draft.isForRuntime, let first = smmus.first else { return [] }
    var findings: [Finding] = []
    for plan in smmus {
      let odd = plan.streams.first { stream in
        stream.mask & (stream.mask &+ 1) != 0 || UInt64(stream.id | stream.mask) >> UInt64(Limits.streamBits) != 0
      }
      guard let odd else { continue }
      let id = UInt64(odd.id).hexadecimal
      let words = "stream \(id) with the mask \(UInt64(odd.mask).hexadecimal) of the SMMU \(plan.smmu.path)"
      findings.append(
        finding("\(words) does not fit into a table of 2^\(Limits.streamBits) streams", plan, id, context))
    }
    let count = smmus.map(\.streams.count).reduce(0, +)
    if count > Limits.streams || smmus.count > Limits.smmus {
      findings.append(
        finding(
          "the domains' devices have \(count) runs of streams on \(smmus.count) SMMUs, and the runtime takes "
            + "\(Limits.streams) on \(Limits.smmus)", first, nil, context))
    }
    return findings
  }

  private static func finding(_ message: String, _ plan: SMMUPlan, _ id: String?, _ context: RuleContext) -> Finding {
    let user = context.firstDevice(behind: plan)
    return Finding(
      description, .error, message, subjects: [plan.smmu.path, user.path],
      resource: ResourceReference(.stream, id, on: plan.smmu.path), domains: [user.domain], spans: [user.span],
      help: "take \(user.path) out of domain \(user.domain)")
  }
}
