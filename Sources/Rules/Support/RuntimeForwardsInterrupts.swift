import Diagnostics
import Partition

/// Private interrupts of devices are not passed on yet.
enum RuntimeForwardsInterrupts: Rule {
  static let description = RuleDescription(
    "BH-SUP-023", title: "not supported yet: devices with private interrupts",
    requirement: "No assigned device shall have a private peripheral interrupt (PPI).",
    hazard: "The runtime gives domains shared interrupts only; the driver would wait for one that never comes.",
    applicability: SupportGapRules.applicability,
    example: "devices: [ /device@a000000 ]      # interrupts = <1 3 4>")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard let intid = device.privateInterrupts.first else { return nil }
        return Finding(
          description, .error,
          "not supported yet: the private interrupt \(intid) of \(device.path) of domain \(domain.name)",
          subjects: [device.path, domain.subject], resource: ResourceReference(.interrupt, String(intid)),
          domains: [domain.name], spans: [device.span], help: "take the device out")
      }
    }
  }
}
