import Diagnostics
import Ownership

/// What the domain records say is what the manifest says.
enum WordsAreTheManifests: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-042", title: "domain records are the manifest's",
    requirement: "There shall be a domain record for each domain of the manifest, in its order, with its name, "
      + "`criticality:`, `on-fault:`, `features:`, `interrupts:`, virtual console and virtual interrupt controller.",
    hazard:
      "A domain that was to halt stops the system, or one of higher criticality is treated as the least important.",
    applicability: "Every image that is verified.",
    example: "on-fault: halt      # and the record says that a fault stops every domain")

  private struct Word {
    let name: String
    let found: UInt64
    let expected: UInt64
    let span: SourceSpan?
  }

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let expected = context.groundwork.domains
    var findings = CappedFindings(description)
    let names = (found: system.domains.map(\.name), wanted: expected.map(\.name))
    if names.found != names.wanted {
      let message =
        "the image has the domains \(names.found.joined(separator: ", ")), and the manifest "
        + names.wanted.joined(separator: ", ")
      findings.add(finding(message, names.wanted, context.manifest.name.span))
    }
    var examined = 0
    for domain in system.domains {
      guard let wanted = context.groundwork.domain(domain.name) else { continue }
      for word in words(of: domain.record, wanted) {
        examined += 1
        guard word.found != word.expected else { continue }
        let message =
          "\(word.name) of domain \(domain.name) is \(word.found.hexadecimal) in its record, and by the manifest and the "
          + "board \(word.expected.hexadecimal)"
        findings.add(finding(message, [domain.name], word.span ?? wanted.span))
      }
    }
    return ClaimOutcome(description, examined: examined, "fields of domain records", findings: findings.all)
  }

  private static func words(of record: DomainReading, _ wanted: ExpectedDomain) -> [Word] {
    let declaration = wanted.declaration
    return [
      Word(
        name: "the criticality (0 QM to 4 ASIL D)", found: UInt64(record.criticality),
        expected: UInt64(wanted.criticality), span: declaration.criticality?.span),
      Word(
        name: "the reaction to a fault (0 halt, 1 stop-system, 2 restart)", found: UInt64(record.onFault),
        expected: UInt64(wanted.onFault), span: declaration.onFault.span),
      Word(
        name: "the number of restarts that are allowed", found: UInt64(record.restartLimit),
        expected: wanted.restartLimit, span: declaration.restart?.limit.span),
      Word(
        name: "the milliseconds within which restarts count", found: record.restart?.window ?? 0,
        expected: wanted.restartWindow, span: declaration.restart?.within.span),
      Word(
        name: "the set of features (1 pointer authentication, 2 performance monitors, 4 SVE, 8 debug)",
        found: UInt64(record.features), expected: UInt64(wanted.features), span: declaration.features.first?.isOn.span),
      Word(
        name: "the INTID of the performance monitors", found: UInt64(record.pmuINTID),
        expected: UInt64(wanted.pmuINTID), span: declaration.features.first?.isOn.span),
      Word(
        name: "the set of flags (1 direct interrupts)", found: record.flags, expected: wanted.flags,
        span: declaration.interrupts.span),
      Word(
        name: "the page of the virtual console", found: record.consoleBase, expected: wanted.consoleBase,
        span: declaration.console?.span),
      Word(
        name: "the INTID of the virtual console", found: UInt64(record.consoleINTID),
        expected: UInt64(wanted.consoleINTID), span: declaration.console?.span),
      Word(
        name: "the address of the virtual distributor", found: record.distributor, expected: wanted.distributor,
        span: nil),
      Word(
        name: "the address of the virtual redistributors", found: record.redistributor, expected: wanted.redistributor,
        span: nil),
    ]
  }

  private static func finding(_ message: String, _ domains: [String], _ span: SourceSpan?) -> Finding {
    Finding(
      description, .error, message, subjects: domains.map { "domains.\($0)" }, resource: ResourceReference(.domain),
      domains: domains, spans: [span], help: VerifierRules.rebuild)
  }
}
