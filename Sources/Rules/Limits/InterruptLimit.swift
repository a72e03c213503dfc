import Diagnostics
import ImageFormat

/// No interrupt that the runtime's ownership bits do not reach.
enum InterruptLimit: Rule {
  static let description = RuleDescription(
    "BH-LIM-005", title: "interrupt numbers",
    requirement: "Every interrupt of an assigned device shall be below \(Limits.interrupts).",
    hazard:
      "INTIDs from 1020 on are special (Arm IHI 0069, 2.2) or belong to the extended ranges that the runtime has no "
      + "ownership bits for.",
    applicability: LimitRules.applicability,
    example: "devices: [ /serial@9040000 ]      # interrupts = <2 5 4>: INTID 4101")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard let intid = device.sharedInterrupts.last, Int(intid) >= Limits.interrupts else { return nil }
        return Finding(
          description, .error,
          "\(device.path) of domain \(domain.name) has interrupt \(intid), and the runtime can own those below "
            + "\(Limits.interrupts)",
          subjects: [device.path, domain.subject], resource: ResourceReference(.interrupt, String(intid)),
          domains: [domain.name], spans: [device.span], help: "take the device out")
      }
    }
  }
}
