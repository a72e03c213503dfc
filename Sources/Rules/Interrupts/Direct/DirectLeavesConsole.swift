import Diagnostics
import Partition

/// Somebody takes the interrupts of EL2's UART.
enum DirectLeavesConsole: Rule {
  static let description = RuleDescription(
    "BH-IRQ-036", title: "one domain's interrupts are the hypervisor's",
    requirement:
      "Where every domain takes its interrupts directly, the hypervisor shall have no UART with an interrupt.",
    hazard: "EL2 gets no interrupt on any CPU: its UART's interrupt would come to a domain that knows nothing of it.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "hypervisor: { console: /pl011@9000000 }\ndomains:\n  a: { interrupts: direct, … }      # the only domain")

  static func check(_ context: RuleContext) -> [Finding] {
    guard let console = context.draft.hypervisorConsole, console.intid != nil,
      let domain = context.directDomains.first, context.directDomains.count == context.draft.domains.count
    else { return [] }
    return [
      context.directFinding(
        description,
        "every domain is to take its interrupts directly, and nobody is left to take those of \(console.path), the "
          + "hypervisor's UART", domain, at: context.draft.manifest.hypervisor.console?.span, label: "the UART",
        help: "write `interrupts: virtual` for one of the domains, or give the UART to one of them")
    ]
  }
}
