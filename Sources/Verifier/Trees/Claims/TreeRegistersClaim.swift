import DeviceTree
import Diagnostics

/// BH-VER-057: what a tree promises of registers is what stage 2 maps.
enum TreeRegistersClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-057", title: "device trees promise the registers that stage 2 maps",
    requirement:
      "The registers of each device in a generated device tree, followed to guest addresses and through stage 2, "
      + "shall be the physical pages that the board's tree gives that device; and stage 2 shall map no page of "
      + "registers that no node promises, but for a GICv2's virtual CPU interface.",
    hazard:
      "A driver writes to the registers of another device, or a domain reaches a device that its tree does not show.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # the reg of a device was moved by a page")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    TreeCase.outcome(description, system, context, "register ranges") { tree in
      let promises = RegisterPromises(
        tree.match, tree.map, controller: system.partition.gicVersion == 2 ? context.board.interruptController : nil)
      return (promises.examined, promises.faults)
    }
  }
}
