import Diagnostics
import Ownership

/// No colour of the shared cache has two users.
enum ColoursApart: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-171", title: "a cache colour has one user",
    requirement:
      "Where the manifest gives cache colours, every page that a domain's stage 2 maps as cacheable memory shall be "
      + "of one of that domain's colours, and every page that EL2's map shows, and every translation table, of one of the "
      + "hypervisor's; and no two of them shall have a colour in common.",
    hazard:
      "Two domains evict each other's lines from the shared cache, where their timing analysis says that they cannot.",
    applicability:
      "Images of manifests with `colours:`. Channels are Non-cacheable and take no line. That the cache is as "
      + "board.yaml or the tree says, and takes its set from the address without hashing, is assumed. Traps, and the table "
      + "walks of all domains' CPUs, meet in the hypervisor's colours.",
    example: "bulkhead verify build/cockpit   # a stage-2 entry leads to a page of another domain's colour")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let leaves = system.domains.map(\.stage2.leaves.count).reduce(system.hypervisorMap.leaves.count, +)
    guard context.isColoured else {
      return ClaimOutcome(description, examined: 0, "leaf descriptors", findings: [])
    }
    var findings = CappedFindings(description)
    guard let cache = context.cache else {
      findings.add(
        Finding(
          description, .error, "the manifest gives cache colours, and the cache that they count by is not known",
          subjects: ["hypervisor"], resource: ResourceReference(.colour), help: VerifierRules.rebuild))
      return ClaimOutcome(description, examined: leaves, "leaf descriptors", findings: findings.all)
    }
    var users: [Int: (name: String, witness: ColourUse.Witness)] = [:]
    for party in parties(system, context, cache) {
      for (colour, witness) in party.use.witnesses.enumerated() {
        guard let witness else { continue }
        if !party.own.contains(colour) {
          findings.add(stray(colour, witness, party))
        } else if let (other, known) = users[colour] {
          findings.add(shared(colour, witness, party, other, known))
        }
        users[colour] = users[colour] ?? (party.name, witness)
      }
    }
    return ClaimOutcome(
      description, examined: leaves, "leaf descriptors", findings: findings.all, assumptions: [assumption(cache)])
  }

  /// Somebody with colours.
  private struct Party {
    let name: String
    let domain: String?
    let own: Set<Int>
    let use: ColourUse
    let span: SourceSpan?
  }

  private static func parties(
    _ system: FinishedSystem, _ context: VerificationContext, _ cache: SharedCache
  ) -> [Party] {
    let hypervisor = context.manifest.hypervisor.colours
    let own = Party(
      name: "the hypervisor", domain: nil, own: Set(hypervisor.map(\.value)),
      use: ColourUse(hypervisorOf: system, cache), span: hypervisor.first?.span)
    return [own]
      + system.domains.map { domain in
        let colours = context.groundwork.domain(domain.name)?.declaration.colours ?? []
        return Party(
          name: "domain \(domain.name)", domain: domain.name, own: Set(colours.map(\.value)),
          use: ColourUse(domain: domain, cache), span: colours.first?.span)
      }
  }

  private static func stray(_ colour: Int, _ witness: ColourUse.Witness, _ party: Party) -> Finding {
    finding(
      colour,
      "\(party.name) caches the page at \(witness.page.hexadecimal), which is of colour \(colour), and it does not have "
        + "that colour; see the entry at \(witness.place.hexadecimal)", [party.domain], [party.span])
  }

  private static func shared(
    _ colour: Int, _ witness: ColourUse.Witness, _ party: Party, _ other: String, _ known: ColourUse.Witness
  ) -> Finding {
    finding(
      colour,
      "\(other) (the page at \(known.page.hexadecimal)) and \(party.name) (\(witness.page.hexadecimal)) both cache pages "
        + "of colour \(colour)", [party.domain], [party.span])
  }

  private static func finding(
    _ colour: Int, _ message: String, _ domains: [String?], _ spans: [SourceSpan?]
  ) -> Finding {
    let names = domains.compactMap { $0 }
    return Finding(
      description, .error, message, subjects: names.isEmpty ? ["hypervisor"] : names.map { "domains.\($0)" },
      resource: ResourceReference(.colour, String(colour)), domains: names, spans: spans, help: VerifierRules.rebuild)
  }

  private static func assumption(_ cache: SharedCache) -> String {
    let shape = cache.geometry
    return
      "the last cache that the CPUs share has \(shape.size.byteCount) in \(shape.ways) ways of \(shape.line)-byte lines "
      + "(\(Quotation.printable(cache.source))) and takes its set from the physical address without hashing: "
      + "\(cache.colourCount) colours"
  }
}
