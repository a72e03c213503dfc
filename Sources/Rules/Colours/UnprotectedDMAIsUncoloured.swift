import Diagnostics
import Partition

/// DMA that nothing translates needs memory in one piece.
enum UnprotectedDMAIsUncoloured: Rule {
  static let description = RuleDescription(
    "BH-COL-008", title: "untranslated DMA wants memory in one piece",
    requirement: "A domain with a device that has `dma: unprotected` shall have no colours.",
    hazard:
      "Coloured memory is in one piece for the CPUs only. A device that nothing translates for takes the next page for "
      + "the domain's, and writes into another domain's.",
    applicability: "Domains with `colours:` and an unprotected DMA master.",
    example: "colours: [0, 1]\ndevices: [ { path: /virtio_mmio@a000000, dma: unprotected, reason: \"…\" } ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.compactMap { domain in
      guard let colour = domain.declaration.colours.first,
        let device = domain.devices.first(where: { $0.needsUnprotectedDMA && $0.assignment.hasUnprotectedDMA })
      else { return nil }
      return Finding(
        description, .error,
        "\(domain.subject) has colours, and its device \(device.path) does DMA that nothing translates",
        subjects: ["\(domain.subject).colours", device.path], resource: ResourceReference(.colour),
        domains: [domain.name], spans: [colour.span, device.span], labels: ["the device"],
        help: "take `colours:` out of every domain and the hypervisor, or the device")
    }
  }
}
