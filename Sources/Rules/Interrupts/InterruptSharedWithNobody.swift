import Diagnostics
import Partition

/// An interrupt that a device shares with one that nobody drives is worth knowing.
enum InterruptSharedWithNobody: Rule {
  static let description = RuleDescription(
    "BH-IRQ-003", title: "interrupt lines shared with unused devices",
    requirement: "An assigned device should not share its interrupt with an enabled device that no domain has.",
    hazard: "If the boot loader left the other device active, its interrupt reaches a domain that cannot silence it.",
    applicability: "A warning: nothing that has an owner is shared.",
    example: "devices: [ /soc/serial@21c0500 ]      # duart1 at 21c0600 has the same SPI", isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    var sharers: [UInt32: [String]] = [:]
    for device in context.unassigned {
      for interrupt in device.interrupts where interrupt.kind == .shared {
        sharers[interrupt.intid, default: []].append(device.path)
      }
    }
    return context.draft.domains.flatMap { domain in
      domain.devices.flatMap { device in
        device.sharedInterrupts.compactMap { intid in
          guard let others = sharers[intid], let first = others.first else { return nil }
          let more = others.count > 1 ? " and \(others.count - 1) more" : ""
          return Finding(
            description, .warning,
            "\(device.path) of domain \(domain.name) shares interrupt \(intid) with \(first)\(more), which no domain has",
            subjects: [device.path, first], resource: ResourceReference(.interrupt, String(intid)),
            domains: [domain.name],
            spans: [device.span], help: "list \(first) under `disabled:` if the boot loader leaves it quiet")
        }
      }
    }
  }
}
