import Diagnostics
import Partition

/// Says because of whom memory claims are assumed and not proved.
enum MemoryClaimsAssumed: Rule {
  static let description = RuleDescription(
    "BH-DMA-006", title: "what unprotected DMA costs",
    requirement: "Every DMA master that is accepted without an SMMU shall be named among the assumptions of use.",
    hazard:
      "Such a device reaches every domain's memory, so that no claim about memory is proved while it exists; whoever "
      + "relies on the image has to know.",
    applicability: "A note for each such device.",
    example: "devices: [ { path: /virtio_mmio@a000000, dma: unprotected, reason: \"driver is trusted\" } ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard device.needsUnprotectedDMA, device.assignment.hasUnprotectedDMA else { return nil }
        let reason = device.declaration.reason.map { ": \(Quotation.printable($0.value))" } ?? ""
        return Finding(
          description, .note,
          "every domain's memory is assumed, not proved, to be its own, because \(device.path) of domain \(domain.name) does "
            + "DMA without an SMMU\(reason)",
          subjects: [device.path, domain.subject], resource: ResourceReference(.stream), domains: [domain.name],
          spans: [device.declaration.hasUnprotectedDMA?.span])
      }
    }
  }
}
