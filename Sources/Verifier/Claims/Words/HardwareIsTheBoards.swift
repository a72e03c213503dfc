import Diagnostics
import Ownership

/// What the partition table says of the machine is what the board's tree and board.yaml say.
enum HardwareIsTheBoards: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-041", title: "hardware parameters are the board's",
    requirement:
      "Version and addresses of the GIC, the maintenance interrupt, the timers' interrupts and frequency, kind, "
      + "address and interrupt of the hypervisor's UART, how CPUs are started, the physical address bits and the machine's "
      + "flags shall be what the board's tree, board.yaml and `hypervisor: console:` say.",
    hazard: "The hypervisor drives registers that mean something else, or waits for interrupts that never come.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # the distributor stands at another address")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let hardware = context.groundwork.hardware
    var findings = CappedFindings(description)
    for number in hardware.numbers {
      let found = number.found(system.partition)
      guard found != number.expected else { continue }
      findings.add(
        Finding(
          description, .error,
          "\(number.name) is \(found.hexadecimal) in the partition table, and \(number.expected.hexadecimal) by "
            + number.source, subjects: ["hypervisor", number.source],
          resource: ResourceReference(.interruptController),
          spans: [hardware.console?.span ?? context.manifest.board.span],
          help: VerifierRules.rebuild))
    }
    return ClaimOutcome(description, examined: hardware.numbers.count, "hardware parameters", findings: findings.all)
  }
}
