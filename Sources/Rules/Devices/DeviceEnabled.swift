import Diagnostics
import Partition

/// Only enabled devices are assigned.
enum DeviceEnabled: Rule {
  static let description = RuleDescription(
    "BH-DEV-012", title: "assigned devices are enabled",
    requirement:
      "No entry of `devices:` shall name a node that is disabled in the device tree, or bring along one that "
      + "stands under `disabled:`.",
    hazard:
      "A disabled node is not wired, not clocked, or hidden by firmware: the first access may hang the bus. On real "
      + "boards 3,403 pairs of devices have identical windows, of which one is disabled.",
    example: "devices: [ /soc/serial@30860000 ]      # status = \"disabled\"")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard let reason = reason(device, context) else { return nil }
        return Finding(
          description, .error, "domains.\(domain.name).devices names \(device.path), which is \(reason.words)",
          subjects: [device.path, domain.subject], resource: ResourceReference(.device, device.path),
          domains: [domain.name], spans: [device.span, reason.span], labels: ["disabled here"], help: reason.help)
      }
    }
  }

  private static func reason(
    _ device: DeviceDraft, _ context: RuleContext
  ) -> (words: String, span: SourceSpan?, help: String)? {
    if context.draft.disabled.contains(device.path) {
      let entry = context.draft.manifest.disabled.first {
        guard let path = context.draft.board.tree.resolve($0.value)?.path else { return false }
        return path == device.path || device.path.hasPrefix(path + "/")
      }
      return (
        "under `disabled:`, where nobody may use it", entry?.span, "take it out of `disabled:` or out of the domain"
      )
    }
    guard !device.assignment.device.isEnabled else { return nil }
    return (
      "disabled in the device tree", nil,
      "take it out, or use a device tree that enables it if the board really has it"
    )
  }
}
