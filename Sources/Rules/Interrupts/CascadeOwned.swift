import Board
import DeviceTree
import Diagnostics
import Partition

/// A line that another controller gathers belongs to whoever owns that controller.
enum CascadeOwned: Rule {
  static let description = RuleDescription(
    "BH-IRQ-005", title: "a gathered interrupt has its controller's owner",
    requirement:
      "No interrupt of one domain's device shall be gathered by an interrupt or GPIO controller that another domain has.",
    hazard:
      "Only the controller tells whose turn it is: its owner gets the interrupt and has to acknowledge it, and the device's "
      + "own domain waits for ever, or for as long as the other likes.",
    example:
      "domains:\n  a: { devices: [ /axi/i2c@ff030000 ] }      # its PMIC interrupts through the GPIO controller\n"
      + "  b: { devices: [ /axi/gpio@ff0a0000 ] }")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<[String]> = []
    return context.draft.domains.flatMap { domain in
      domain.devices.flatMap { device in
        context.draft.board.gatheredLines(of: device.assignment.device).compactMap { line -> Finding? in
          guard let owner = context.owner(ofNode: line.controller), owner.domain.index != domain.index,
            owner.device.path == line.controller || isController(line.controller, context.draft.board),
            seen.insert([device.path, owner.device.path]).inserted
          else { return nil }
          return finding(line, device, domain, owner)
        }
      }
    }
  }

  /// A mere nexus only hands lines on.
  private static func isController(_ path: String, _ board: Board) -> Bool {
    board.tree.node(at: path)?.has("interrupt-controller") ?? false
  }

  private static func finding(
    _ line: GatheredLine, _ device: DeviceDraft, _ domain: DomainDraft,
    _ owner: (domain: DomainDraft, device: DeviceDraft)
  ) -> Finding {
    let number = line.intid.map { "interrupt \($0) (\(ResolvedInterrupt.name(ofINTID: $0)))" } ?? "an interrupt"
    return Finding(
      description, .error,
      "\(device.path) of domain \(domain.name) has \(number) through \(line.controller), which domain \(owner.domain.name) has",
      subjects: [device.path, owner.device.path],
      resource: line.intid.map { ResourceReference(.interrupt, String($0)) }
        ?? ResourceReference(.interrupt, line.input.map { String($0) }, on: line.controller),
      domains: [domain.name, owner.domain.name], spans: [device.span, owner.device.span],
      labels: ["the controller"], help: "give \(device.path) and \(owner.device.path) to one domain")
  }
}
