import Diagnostics
import Partition

/// A device that starts DMA is reset before its domain starts anew.
enum DMAReset: Rule {
  static let description = RuleDescription(
    "BH-RST-002", title: "DMA masters of a domain that restarts can be reset",
    requirement:
      "The board's description shall have steps that reset every device that can start DMA, if its domain restarts.",
    hazard:
      "The device goes on with what the last run told it: it writes into the memory of the new one, or reads it, at "
      + "addresses that nobody knows any more.",
    applicability: RestartRules.applicability,
    example: "on-fault: restart\ndevices: [ { path: /virtio_mmio@a000000, dma: unprotected, reason: \"…\" } ]")

  static func check(_ context: RuleContext) -> [Finding] {
    let known = Set(context.draft.board.description.deviceResets.map(\.path))
    return context.draft.domains.filter { $0.declaration.onFault.value == .restart }.flatMap { domain in
      domain.devices.compactMap { device in
        guard device.assignment.device.isDMAMaster, !known.contains(device.path) else { return nil }
        return Finding(
          description, .error,
          "\(device.path) of domain \(domain.name) can start DMA, the domain restarts, and nothing is known that resets the "
            + "device",
          subjects: [device.path, domain.subject], resource: ResourceReference(.domain, domain.name),
          domains: [domain.name], spans: [device.span, domain.declaration.onFault.span],
          labels: ["the domain restarts"],
          help:
            "give the device to another domain, or write `on-fault: halt`; where its manual has a reset, add its steps "
            + "under `reset:` of the board's board.yaml")
      }
    }
  }
}
