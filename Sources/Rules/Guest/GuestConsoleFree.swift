import Diagnostics
import Partition

/// Nothing is mapped over the virtual console.
enum GuestConsoleFree: Rule {
  static let description = RuleDescription(
    "BH-GST-004", title: "nothing over the virtual console",
    requirement:
      "No memory or device that a domain sees shall overlap the page of its virtual console, which stands where "
      + "the hypervisor's UART is.",
    hazard: "What the domain prints would go into memory, and nobody would see it.",
    applicability: "Domains with a virtual console.",
    example: "memory: [ { size: 32 MiB, guest: 0x09000000 } ]      # the UART")

  static func check(_ context: RuleContext) -> [Finding] {
    context.guestLayouts.flatMap { layout in
      layout.overlaps.compactMap { overlap in
        guard overlap.right.kind == .console, overlap.left.isMemory || overlap.left.kind == .device,
          // That the domain has the hypervisor's UART is a finding of its own.
          overlap.left.name != context.draft.hypervisorConsole?.path
        else { return nil }
        return overlap.finding(
          description, layout.domain, kind: .console, help: "choose another `guest:` address, or write `console: none`")
      }
    }
  }
}
