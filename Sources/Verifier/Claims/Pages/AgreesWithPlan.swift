import Diagnostics
import Ownership

/// Who owns what by the bytes is who owns it by the plan.
enum AgreesWithPlan: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-030", title: "the bytes give everybody what the plan gives",
    requirement: "The ownership map rebuilt from the bytes shall be equal to the plan's, both ways: pages, registers, "
      + "interrupts, CPUs, DMA streams, calls to firmware, and providers that somebody drives through registers; and no two claims of the bytes shall clash.",
    hazard: "The board would divide its resources in another way than was judged and approved.",
    applicability:
      "Every image that is verified. Providers and streams without registers leave no trace in any table; what "
      + "the plan says of them is listed as assumed.",
    example: "bulkhead verify build/cockpit   # one entry of a stage-2 table leads to another page")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    outcome(of: OwnershipReading(system, context), system, context)
  }

  /// Compares a map that was rebuilt already.
  static func outcome(
    of reading: OwnershipReading, _ system: FinishedSystem, _ context: VerificationContext
  ) -> ClaimOutcome {
    let unshown = Set(reading.unshown.map(\.resource))
    var findings = CappedFindings(description)
    for difference in context.plan.differences(from: reading.map) {
      let (resource, planned, found) = parts(of: difference)
      guard !unshown.contains(resource) else { continue }
      let both = "by the bytes \(words(found)), by the plan \(words(planned))"
      findings.add(finding(resource, [planned, found].compactMap { $0 }, both, system, context.groundwork))
    }
    for conflict in reading.conflicts {
      let both = "by the bytes \(words(conflict.existing)), and \(words(conflict.incoming)) as well"
      findings.add(
        finding(conflict.resource, [conflict.existing, conflict.incoming], both, system, context.groundwork))
    }
    let assumptions = reading.unshown.map {
      "\($0.resource) is \($0.claim.owner)'s by the plan; it has no registers that a table could show, or only firmware's"
    }
    return ClaimOutcome(
      description, examined: reading.map.entries.count, "resources", findings: findings.all, assumptions: assumptions)
  }

  private static func parts(of difference: OwnershipDifference) -> (Resource, planned: Claim?, found: Claim?) {
    switch difference {
    case .missing(let resource, let expected): (resource, expected, nil)
    case .extra(let resource, let found): (resource, nil, found)
    case .different(let resource, let expected, let found): (resource, expected, found)
    }
  }

  private static func finding(
    _ resource: Resource, _ claims: [Claim], _ words: String, _ system: FinishedSystem, _ groundwork: Groundwork
  ) -> Finding {
    let parties = claims.flatMap { [$0.owner] + $0.access.map(\.party) }
    let domains = Set(parties.compactMap { if case .domain(let name) = $0 { name } else { nil } }).sorted()
    let place = resource.range.flatMap { system.entry(leadingTo: $0.base) }
    return Finding(
      description, .error, "\(resource): \(words)" + (place.map { ", see \($0)" } ?? ""),
      subjects: domains.map { "domains.\($0)" }, resource: reference(to: resource), domains: domains,
      spans: domains.map { groundwork.domain($0)?.span }, help: VerifierRules.rebuild)
  }

  private static func words(_ claim: Claim?) -> String {
    guard let claim else { return "nobody's" }
    guard claim.access.contains(where: { $0.party != claim.owner || claim.access.count > 1 }) else {
      let rights = claim.access.first.map { " (\($0.rights.words))" } ?? ""
      return "\(claim.owner)\(rights)"
    }
    let access = claim.access.map { "\($0.party) \($0.rights.words)" }
    return "\(claim.owner) (\(access.joined(separator: ", ")))"
  }

  private static func reference(to resource: Resource) -> ResourceReference? {
    switch resource {
    case .memory(let range): ResourceReference(.memory, range.base.hexadecimal)
    case .device(let range): ResourceReference(.page, range.base.hexadecimal)
    case .interrupt(let intid): ResourceReference(.interrupt, String(intid))
    case .cpu(let affinity): ResourceReference(.cpu, affinity.hexadecimal)
    case .stream(let smmu, let id, _): ResourceReference(.stream, UInt64(id).hexadecimal, on: smmu)
    case .provider(let path): ResourceReference(.provider, path)
    case .call(let functions, _, _): ResourceReference(.feature, UInt64(functions.lowerBound).hexadecimal)
    case .colour(let number): ResourceReference(.colour, String(number))
    }
  }
}

extension Rights {
  /// The rights in words: `read, write`.
  var words: String {
    let names: [(Rights, String)] = [(.read, "read"), (.write, "write"), (.execute, "execute")]
    let allowed = names.filter { contains($0.0) }.map(\.1)
    return allowed.isEmpty ? "nothing" : allowed.joined(separator: ", ")
  }
}

extension FinishedSystem {
  /// The entry of a stage-2 table that leads to a physical address, in words; `nil` if no domain reaches it.
  func entry(leadingTo address: UInt64) -> String? {
    guard let holder = reach.segment(at: address)?.holders.first else { return nil }
    return entry(of: holder, leadingTo: address)
  }

  /// The entry of one domain's stage-2 table that leads to a physical address, in words.
  func entry(of holder: Reach.Holder, leadingTo address: UInt64) -> String {
    let stage2 = domains[holder.domain].stage2
    let run = stage2.runs[holder.run]
    let guest = run.input.base &+ (address &- run.output.base)
    let place = stage2.leaf(at: guest)?.place ?? run.place
    return "the stage-2 entry at \(place.hexadecimal) (guest address \(guest.hexadecimal) of domain "
      + "\(domains[holder.domain].name))"
  }
}

extension TranslationReading {
  /// The leaf that maps an input address. Takes O(log n).
  func leaf(at address: UInt64) -> Leaf? {
    let index = leaves.partitioningIndex { $0.input &+ ($0.size - 1) >= address }
    return index < leaves.count && leaves[index].input <= address ? leaves[index] : nil
  }
}
