import Diagnostics

/// Every entry of every table is a valid one of exactly the form that is written, or zero.
enum WellFormedTables: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-010", title: "translation tables are well formed",
    requirement: "Every entry of EL2's and of the domains' translation tables shall be zero, or a table, block or page "
      + "descriptor with nothing in its reserved and ignored bits, without the Contiguous bit, aligned to what it maps, "
      + "within the output size; and each table shall have one entry that leads to it, but that a restart map may lead to a table "
      + "of EL2's own map for just the addresses that it is for there.",
    hazard:
      "What hardware makes of a reserved encoding is its own affair, and an ignored or cached remainder can come to "
      + "life: a domain reaches what nobody gave it.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # an invalid entry kept an address in it")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let readings = system.walks.map(\.reading)
    return ClaimOutcome(
      description, examined: readings.map(\.entries).reduce(0, +), "table entries",
      findings: readings.flatMap(\.findings))
  }
}
