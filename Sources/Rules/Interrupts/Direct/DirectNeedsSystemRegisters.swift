import Diagnostics
import Partition

/// Only a GICv3 has traps for single registers of the CPU interface.
enum DirectNeedsSystemRegisters: Rule {
  static let description = RuleDescription(
    "BH-IRQ-030", title: "direct interrupts need a GICv3",
    requirement:
      "A domain shall take its interrupts directly only where the board has a GICv3 that tells its CPUs of every "
      + "interrupt (without `virtual-interrupts: by-software`).",
    hazard:
      "The CPU interface of a GICv2 is memory: a domain that has it has all of it, and sends interrupts to every CPU. Where EL2 "
      + "signals virtual interrupts by software, HCR_EL2 is not as this mode needs it.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "board: rpi4      # a GICv2\ndomains:\n  a: { interrupts: direct, … }")

  static func check(_ context: RuleContext) -> [Finding] {
    let board = context.draft.board
    guard let controller = board.interruptController else { return [] }
    let reason: String
    if controller.version == .two {
      reason = "\(controller.path) of board \(board.name) is a GICv2"
    } else if board.description.signalsVirtualInterrupts {
      reason = "board \(board.name) has `virtual-interrupts: by-software` in its board.yaml"
    } else {
      return []
    }
    return context.directDomains.map {
      context.directFinding(
        description, "domain \($0.name) is to take its interrupts directly, and \(reason)", $0,
        help: "write `interrupts: virtual`, or remove the key")
    }
  }
}
