import Diagnostics
import Partition

/// EL2's interrupts, and those that every domain's virtual controller makes itself, are no device's.
enum HypervisorInterruptsKept: Rule {
  static let description = RuleDescription(
    "BH-IRQ-002", title: "the hypervisor's interrupts stay with it",
    requirement:
      "No assigned device shall have the interrupt of the hypervisor's UART (which is also the virtual console's), "
      + "the GIC's maintenance interrupt, or a timer interrupt of the CPUs.",
    hazard:
      "The hypervisor loses its input or its hold on the list registers; in the domain a device interrupt and a virtual "
      + "one of the same number cannot be told apart.",
    example: "devices: [ /serial@9040000 ]      # shares SPI 1 with /pl011@9000000, the hypervisor's UART")

  static func check(_ context: RuleContext) -> [Finding] {
    let taken = taken(context)
    return context.draft.domains.flatMap { domain in
      domain.devices.flatMap { device in
        (device.sharedInterrupts + device.privateInterrupts).compactMap { intid in
          guard let owner = taken[intid], owner.path != device.path else { return nil }
          return Finding(
            description, .error,
            "interrupt \(intid) of \(device.path), given to domain \(domain.name), is also \(owner.what)",
            subjects: [device.path, owner.path], resource: ResourceReference(.interrupt, String(intid)),
            domains: [domain.name], spans: [device.span, context.draft.manifest.hypervisor.console?.span],
            labels: ["the hypervisor's console"], help: "take \(device.path) out of domain \(domain.name)")
        }
      }
    }
  }

  private static func taken(_ context: RuleContext) -> [UInt32: (path: String, what: String)] {
    let board = context.draft.board
    var taken: [UInt32: (path: String, what: String)] = [:]
    if let console = context.draft.hypervisorConsole, let intid = console.intid {
      taken[intid] = (console.path, "that of \(console.path), the hypervisor's console")
    }
    if let intid = board.interruptController?.maintenanceINTID ?? board.description.maintenanceINTID {
      taken[intid] = (board.interruptController?.path ?? board.name, "the GIC's maintenance interrupt")
    }
    if let timer = board.timer {
      for intid in [timer.securePhysical, timer.physical, timer.virtual, timer.hypervisor].compactMap({ $0 }) {
        taken[intid] = (timer.path, "a timer interrupt of the CPUs")
      }
    }
    return taken
  }
}
