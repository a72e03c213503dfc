import Diagnostics
import Ownership
import Partition

/// A stream on an SMMU that is switched off protects nobody.
enum DisabledSMMU: Rule {
  static let description = RuleDescription(
    "BH-DMA-007", title: "streams lead to an enabled SMMU",
    requirement: "No assigned device should have a stream on an SMMU that the device tree disables.",
    hazard:
      "The tree looks as if the device were translated: its DMA reaches memory as it is, and if the boot loader left the "
      + "SMMU on, nothing or anything. 255 references on real boards are of this kind.",
    applicability: "A warning for devices that are `dma: unprotected`; for others it is the reason of BH-DMA-001.",
    example: "devices: [ { path: /soc/ethernet@0, dma: unprotected, reason: \"…\" } ]      # iommus of a disabled SMMU")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard !device.needsUnprotectedDMA || device.assignment.hasUnprotectedDMA,
          let stream = device.claimedStreams.first(where: { !$0.isLive })
        else { return nil }
        let id = UInt64(stream.stream).hexadecimal
        let source = stream.source == device.path ? "" : ", through \(stream.source),"
        return Finding(
          description, .warning,
          "\(device.path) of domain \(domain.name) has\(source) the stream \(id) of the SMMU \(stream.smmu), which is disabled",
          subjects: [device.path, stream.smmu], resource: ResourceReference(.stream, id, on: stream.smmu),
          domains: [domain.name], spans: [device.span],
          help: "enable \(stream.smmu) in the device tree if the board has it, or live with DMA that nothing translates"
        )
      }
    }
  }
}
