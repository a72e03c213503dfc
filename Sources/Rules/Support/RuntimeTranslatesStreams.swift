import Diagnostics
import Partition

/// SMMUs are not programmed yet.
enum RuntimeTranslatesStreams: Rule {
  static let description = RuleDescription(
    "BH-SUP-022", title: "not supported yet: devices behind an SMMU",
    requirement: "No assigned device shall have a stream on an enabled SMMU.",
    hazard: "The SMMU's tables are not written yet: the device's DMA would be refused, or pass untranslated.",
    applicability: SupportGapRules.applicability,
    example: "devices: [ /pcie@10000000 ]      # on QEMU's virt with iommu=smmuv3")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard let stream = device.liveStreams.first else { return nil }
        let id = UInt64(stream.stream).hexadecimal
        return Finding(
          description, .error,
          "not supported yet: \(device.path) of domain \(domain.name) behind the SMMU \(stream.smmu)",
          subjects: [device.path, stream.smmu], resource: ResourceReference(.stream, id, on: stream.smmu),
          domains: [domain.name], spans: [device.span], help: "take the device out")
      }
    }
  }
}
