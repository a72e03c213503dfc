import Diagnostics
import Manifest
import Partition

/// EL2 cannot stop a direct domain that does not trap.
enum DirectIsNotStopped: Rule {
  static let description = RuleDescription(
    "BH-IRQ-033", title: "domains with direct interrupts do not restart",
    requirement: "A domain that takes its interrupts directly shall have neither `on-fault: restart` nor a watchdog.",
    hazard:
      "A watchdog that expires has to stop a domain that hangs. EL2 gets no interrupt on this domain's CPU and would wait for "
      + "a trap, which a domain that hangs does not make; and a restart gives a CPU back whose interrupts EL2 must have.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "domains:\n  a: { interrupts: direct, watchdog: 500 ms, … }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.directDomains.flatMap { domain -> [Finding] in
      var findings: [Finding] = []
      if domain.declaration.onFault.value == .restart {
        findings.append(
          context.directFinding(
            description,
            "domain \(domain.name) is to take its interrupts directly and to restart after a fault", domain,
            at: domain.declaration.onFault.span, label: "the restart", help: "write `on-fault: halt`"))
      }
      if let watchdog = domain.declaration.watchdog {
        findings.append(
          context.directFinding(
            description,
            "domain \(domain.name) is to take its interrupts directly, and its watchdog could not stop it", domain,
            at: watchdog.span, label: "the watchdog", help: "remove `watchdog`, or write `interrupts: virtual`"))
      }
      return findings
    }
  }
}
