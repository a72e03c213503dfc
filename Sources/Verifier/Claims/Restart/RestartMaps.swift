import Diagnostics
import Ownership

/// A restart map is EL2's own map with just what renewing one domain needs.
enum RestartMaps: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-111", title: "a restart map adds one domain's memory and its pristine copy",
    requirement:
      "The map under which EL2 restarts a domain shall lead every address to itself and hold exactly what EL2's own map "
      + "holds, the RAM of that domain (read, write), its pristine copies (read) and, as Device-nGnRE, the pages of the "
      + "registers of its reset steps; nothing more is executable than in EL2's own map.",
    hazard: "While one domain restarts, EL2 can be made to read or write another's memory, or to run a domain's bytes.",
    applicability: "Domains with `on-fault: restart`.",
    example: "bulkhead verify build/cockpit   # a pristine copy was made writable in a restart map")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let restart = domain.record.restart, let map = domain.restartMap else { continue }
      examined += map.leaves.count
      if map.root.base != restart.translationTable {
        let message = "TTBR0_EL2 would be \(restart.translationTable.hexadecimal), and the root is at \(map.root)"
        findings.add(finding(message, map.root, domain))
      }
      for run in map.runs where run.input != run.output {
        findings.add(finding("\(run.input) leads to \(run.output), not to itself", run.input, domain))
      }
      compare(map, restart, domain, system, &findings)
    }
    return ClaimOutcome(description, examined: examined, "leaf descriptors", findings: findings.all)
  }

  private static func compare(
    _ map: TranslationReading, _ restart: RestartReading, _ domain: FinishedDomain, _ system: FinishedSystem,
    _ findings: inout CappedFindings
  ) {
    var expected = AddressMap<UInt64>()
    for run in system.hypervisorMap.runs { _ = expected.insert(run.input, run.attributes) }
    let regions = domain.record.regions.compactMap { domain.stage2.outputs(of: $0) }
    let pristine = AddressSet(restart.copies.map(\.source.pages)).runs
    let registers = AddressSet(restart.steps.compactMap { AddressRange(base: $0.address, size: 4)?.pages }).runs
    let added =
      regions.map { ($0, Stage1Bits.readWrite, "its RAM") }
      + pristine.map { ($0, Stage1Bits.read, "its pristine copy") }
      + registers.map { ($0, Stage1Bits.device, "registers of its reset steps") }
    for (range, attributes, what) in added where !expected.insert(range, attributes).isEmpty {
      findings.add(finding("\(range), \(what), is mapped by EL2's own map or twice", range, domain))
    }
    var found = AddressMap<UInt64>()
    for run in map.runs { _ = found.insert(run.input, run.attributes) }
    for difference in expected.differences(from: found) {
      let seen = difference.found.map { "mapped as \(Stage1Bits.words($0))" } ?? "not mapped"
      let wanted = difference.expected.map { "be \(Stage1Bits.words($0))" } ?? "not be mapped"
      findings.add(finding("\(difference.range) is \(seen) and should \(wanted)", difference.range, domain))
    }
  }

  private static func finding(_ message: String, _ range: AddressRange, _ domain: FinishedDomain) -> Finding {
    Finding(
      description, .error, "in the restart map of domain \(domain.name) \(message)",
      subjects: ["hypervisor", "domains.\(domain.name)"],
      resource: ResourceReference(.memory, range.base.hexadecimal), domains: [domain.name],
      help: VerifierRules.rebuild)
  }
}
