import Diagnostics
import Ownership
import Partition

/// Every DMA master stands behind a live SMMU, or the manifest says that it does not.
enum DMAProtected: Rule {
  static let description = RuleDescription(
    "BH-DMA-001", title: "DMA is kept inside the domain",
    requirement:
      "Every assigned device that can start DMA shall have a stream on an enabled SMMU, or `dma: unprotected` with "
      + "a reason.",
    hazard:
      "The device reads and writes all of memory, every domain's and the hypervisor's, at addresses that its driver "
      + "chooses. Only 19% of the DMA masters on real boards stand behind a live SMMU.",
    applicability: "Devices that the table of devices known not to start DMA does not list.",
    example: "devices: [ /virtio_mmio@a000000 ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard device.needsUnprotectedDMA, !device.assignment.hasUnprotectedDMA else { return nil }
        let stream = device.assignment.device.streams.first
        return Finding(
          description, .error, "\(device.path) of domain \(domain.name) can start DMA, and \(why(device))",
          subjects: [device.path, stream?.smmu ?? domain.subject],
          resource: ResourceReference(
            .stream, stream.map { UInt64($0.stream).hexadecimal }, on: stream?.smmu), domains: [domain.name],
          spans: [device.span],
          help: "if this is acceptable, write under domains.\(domain.name).devices\n"
            + "- { path: \(device.declaredPath), dma: unprotected, reason: \"…\" }")
      }
    }
  }

  private static func why(_ device: DeviceDraft) -> String {
    guard let stream = device.assignment.device.streams.first else { return "no SMMU stands between it and memory" }
    let through = stream.source == device.path ? "" : " (through \(stream.source))"
    return "its SMMU \(stream.smmu)\(through) is disabled"
  }
}
