import DeviceTree
import Diagnostics

/// BH-VER-054: a tree shows the virtual interrupt controller, the timer, the performance monitors and the virtual console
/// as the records have them.
enum TreeControllerClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-054", title: "device trees show the domain's virtual hardware",
    requirement:
      "The interrupt controller, the timer, the performance monitors and the virtual console of a generated device tree "
      + "shall be at the "
      + "addresses and interrupts that the domain's record gives them, of the record's GIC version.",
    hazard: "A guest reaches for its interrupt controller or console where nothing answers, and its timer never fires.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # the reg of the interrupt controller was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "nodes") { tree in
      let match = tree.match
      var faults: [TreeFault] = []
      var examined = 0
      for node in tree.tree.nodes {
        switch match.origins[node.index] {
        case .controller:
          faults += ControllerNodes.controller(node, match, tree.record, version: system.partition.gicVersion)
        case .timer:
          faults += ControllerNodes.timer(context.board).faults(of: node)
          faults += ControllerNodes.timerFaults(node, match, system.partition)
        case .performanceMonitor:
          faults += ControllerNodes.performanceMonitor(context.board, tree.record).faults(of: node)
        case .watchdog: faults += WatchdogNode.form(tree.record).faults(of: node)
        case .consoleClock: faults += ConsoleNode.clock(node, match)
        case .console: faults += ConsoleNode.console(tree.record, match).faults(of: node)
        default: continue
        }
        examined += 1
      }
      return (examined, faults)
    }
  }
}
