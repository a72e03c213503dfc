import Diagnostics
import Partition

/// Without a UART of its own EL2 says nothing; whoever waits for its reports has to know.
enum HypervisorIsSilent: Rule {
  static let description = RuleDescription(
    "BH-DEV-019", title: "a hypervisor without a console is silent",
    requirement: "It shall be known when the hypervisor has no UART: its reports go nowhere then.",
    hazard:
      "A refusal to start, a domain's fault and its stop are reported on the hypervisor's console alone; without one the "
      + "system stays silent.",
    applicability: "A note for images for Bulkhead's own runtime in which the hypervisor has no UART.",
    example: "domains:\n  a: { devices: [ /pl011@9000000 ] }      # the board's only UART")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime, context.draft.hypervisorConsole == nil else { return [] }
    let board = context.draft.board
    let output = board.standardOutput
    let owner = output.flatMap { path in
      context.draft.domains.first { $0.devices.contains { $0.path == path } }.map {
        "\(path) belongs to domain \($0.name)"
      }
    }
    let why = owner ?? "the device tree's stdout-path names no UART that EL2 drives (\(UARTKind.names))"
    return [
      Finding(
        description, .note, "the hypervisor has no console and says nothing, because \(why)",
        subjects: ["hypervisor"], resource: ResourceReference(.console), domains: [],
        spans: [context.draft.manifest.board.span],
        help: "if its reports are wanted, name a UART that no domain has under `hypervisor: console`")
    ]
  }
}
