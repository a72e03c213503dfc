import DeviceTree
import Diagnostics
import Partition

/// The way of every interrupt of an assigned device to the GIC is known.
enum InterruptRouteKnown: Rule {
  static let description = RuleDescription(
    "BH-IRQ-004", title: "the way of an interrupt is known",
    requirement: "Every interrupt of an assigned device should end at a line of the GIC that the device tree tells.",
    hazard:
      "An interrupt that a router assigns at run time has no owner before: the domain does not get it, and if the boot "
      + "loader has routed it already it may arrive elsewhere.",
    applicability: "A warning: the devices work, without these interrupts.",
    example: "devices: [ /cp0/config-space@f2000000/ethernet@0 ]      # behind Marvell's ICU", isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        let reasons = device.assignment.device.unresolvedInterrupts.compactMap { entry in
          if case .unknown(let reason, _) = entry.end { (entry.parent, reason) } else { nil }
        }
        guard let (parent, reason) = reasons.first else { return nil }
        return Finding(
          description, .warning,
          "\(device.path) of domain \(domain.name) has \(reasons.count == 1 ? "an interrupt" : "\(reasons.count) interrupts") "
            + "through \(parent) that the domain will not get: \(Quotation.printable(reason))",
          subjects: [device.path, parent], resource: ResourceReference(.interrupt), domains: [domain.name],
          spans: [device.span], help: "use the device without interrupts, or take it out")
      }
    }
  }
}
