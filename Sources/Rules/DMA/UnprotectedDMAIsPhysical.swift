import Diagnostics
import Partition

/// A domain whose DMA is not translated sees its memory where it is.
enum UnprotectedDMAIsPhysical: Rule {
  static let description = RuleDescription(
    "BH-DMA-004", title: "untranslated DMA wants physical addresses",
    requirement:
      "A domain with a device that has `dma: unprotected` shall have no `guest:` address that differs from the "
      + "physical one.",
    hazard:
      "The driver hands guest addresses to a device that takes them for physical ones, and the device writes into "
      + "whatever lies there.",
    applicability: "Domains with an unprotected DMA master.",
    example: "memory: [ { size: 64 MiB, base: 0x50000000, guest: 0x40000000 } ]\n"
      + "devices: [ { path: /virtio_mmio@a000000, dma: unprotected, reason: \"…\" } ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain -> [Finding] in
      guard let device = domain.devices.first(where: { $0.needsUnprotectedDMA && $0.assignment.hasUnprotectedDMA })
      else {
        return []
      }
      return domain.memory.compactMap { entry in
        guard let region = entry.region, region.guest != region.physical else { return nil }
        return Finding(
          description, .error,
          "\(domain.subject).memory[\(entry.index)] is at \(region.physical.base.hexadecimal) and seen at "
            + "\(region.guest.base.hexadecimal), and \(device.path) of that domain does DMA without translation",
          subjects: ["\(domain.subject).memory[\(entry.index)]", device.path],
          resource: ResourceReference(.memory, region.physical.base.hexadecimal), domains: [domain.name],
          spans: [entry.declaration.guest?.span ?? entry.declaration.span, device.span], labels: ["the device"],
          help: "take `guest:` out, or the device")
      }
    }
  }
}
