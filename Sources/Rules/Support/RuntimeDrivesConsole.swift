import Diagnostics
import Partition

/// EL2's UART is one that it can drive.
enum RuntimeDrivesConsole: Rule {
  static let description = RuleDescription(
    "BH-SUP-021", title: "not supported yet: other UARTs for the hypervisor",
    requirement: "`hypervisor: console` shall name a UART that the runtime drives: \(UARTKind.names).",
    hazard: "The runtime would write to registers that mean something else.",
    applicability: SupportGapRules.applicability,
    example: "hypervisor: { console: /pl031@9010000 }      # a clock")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime, let console = context.draft.hypervisorConsole,
      let device = context.draft.board.device(at: console.path), UARTKind(compatible: device.compatible) == nil
    else { return [] }
    let kind = device.compatible.first.map { "compatible with \(Quotation.printable($0))" } ?? "without a `compatible`"
    return [
      Finding(
        description, .error, "not supported yet: \(console.path), \(kind), as the hypervisor's console",
        subjects: [console.path, "hypervisor"], resource: ResourceReference(.console, console.path),
        spans: [context.draft.manifest.hypervisor.console?.span],
        help: "name one of: \(UARTKind.names); or leave the key out")
    ]
  }
}
