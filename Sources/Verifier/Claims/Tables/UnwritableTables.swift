import Diagnostics
import Ownership

/// No translation table can be written, by EL2 or by a domain.
enum UnwritableTables: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-018", title: "no translation table can be written",
    requirement:
      "No table, of EL2's map, of a stage 2 or of DMA, and no first level of streams shall be writable at EL2, and none of "
      + "them, and no entry of a stream table, shall be reachable by a domain.",
    hazard: "Whoever writes a table gives itself every page of the machine.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # EL2's map shows a stage-2 table as data")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let pages =
      system.walks.map(\.reading).flatMap { walk in
        [walk.root.pages] + walk.tables.compactMap { AddressRange(base: $0, size: Granule.page) }
      } + system.streamTables.compactMap { $0.firstLevel?.pages }
    let tables = AddressSet(pages)
    let hidden = AddressSet(pages + system.streamTables.flatMap(\.entryPages))
    for run in system.hypervisorMap.runs + system.domains.compactMap(\.restartMap).flatMap(\.runs)
    where run.attributes & Stage1Bits.readOnly == 0 && tables.overlaps(run.output) {
      findings.add(reachable(tables, run, by: "EL2 can write", []))
    }
    for domain in system.domains {
      for run in domain.stage2.runs + (domain.dma?.runs ?? []) where hidden.overlaps(run.output) {
        findings.add(reachable(hidden, run, by: "domain \(domain.name) reaches", [domain.name]))
      }
    }
    return ClaimOutcome(description, examined: pages.count, "tables", findings: findings.all)
  }

  private static func reachable(_ tables: AddressSet, _ run: MappedRun, by who: String, _ domains: [String]) -> Finding
  {
    let common = tables.intersection(run.output).first ?? run.output
    return Finding(
      description, .error,
      "\(who) translation tables at \(common) (first entry \(run.descriptor.hexadecimal) at \(run.place.hexadecimal) maps "
        + "\(run.input) to \(run.output))",
      subjects: domains.isEmpty ? ["hypervisor"] : domains.map { "domains.\($0)" },
      resource: ResourceReference(.memory, common.base.hexadecimal), domains: domains, help: VerifierRules.rebuild)
  }
}
