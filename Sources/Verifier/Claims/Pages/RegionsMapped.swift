import Diagnostics
import Manifest
import Ownership

/// A domain has the RAM that it was promised, all of it.
enum RegionsMapped: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-035", title: "a domain has all RAM that the manifest gives it",
    requirement:
      "The region records of a domain shall be the entries of its `memory:` in their order, with their size and "
      + "where it says so their guest address; stage 2 shall map each to one piece of RAM, at the physical address that "
      + "`base:` names, and at its own address where no `guest:` is written. Of a domain with cache colours each shall be the "
      + "pages of these, in their order, from the start of a row of all colours on, which is where `base:` says, and where no "
      + "`guest:` is written also its guest address.",
    hazard: "A domain faults where its tree promises memory, or its DMA goes to other memory than its CPUs.",
    applicability: "Every image that is verified.",
    example: "memory: [{ size: 64 MiB, base: 0x50000000 }]      # and the tables say 0x51000000")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let expected = context.groundwork.domain(domain.name) else { continue }
      let declared = expected.declaration.memory
      if declared.count != domain.record.regions.count {
        let message =
          "domain \(domain.name) has \(domain.record.regions.count) region records, and `memory:` has \(declared.count)"
        findings.add(finding(message, expected, expected.span))
      }
      for (region, declaration) in zip(domain.record.regions, declared) {
        examined += 1
        let message =
          expected.declaration.colours.isEmpty
          ? objection(to: region, declaration, domain, context.groundwork)
          : colouredObjection(to: region, declaration, domain, expected, context)
        if let message {
          findings.add(
            finding("domain \(domain.name)'s RAM at guest address \(region) \(message)", expected, declaration.span))
        }
      }
    }
    return ClaimOutcome(description, examined: examined, "regions", findings: findings.all)
  }

  private static func objection(
    to region: AddressRange, _ declaration: MemoryDeclaration, _ domain: FinishedDomain, _ groundwork: Groundwork
  ) -> String? {
    if let message = recordObjection(to: region, declaration) { return message }
    guard let physical = domain.stage2.outputs(of: region), let run = domain.stage2.run(at: region.base),
      Stage2Grant(run.attributes) == .memory
    else { return "is not mapped to one piece of cacheable memory to read, write and execute" }
    guard groundwork.memory.contains(physical) else { return "leads to \(physical), and not all of that is RAM" }
    if let base = declaration.base?.value, base != physical.base {
      return "leads to \(physical), and `base:` says \(base.hexadecimal)"
    }
    if declaration.guest == nil, physical.base != region.base {
      return "leads to \(physical), and without `guest:` it is at its own address"
    }
    return nil
  }

  private static func recordObjection(to region: AddressRange, _ declaration: MemoryDeclaration) -> String? {
    guard region.size == declaration.size.value else {
      return "has \(region.size.byteCount), and `memory:` says \(declaration.size.value.byteCount)"
    }
    if let guest = declaration.guest?.value, guest != region.base {
      return "is to be at \(guest.hexadecimal) by `guest:`"
    }
    return nil
  }

  private static func colouredObjection(
    to region: AddressRange, _ declaration: MemoryDeclaration, _ domain: FinishedDomain, _ expected: ExpectedDomain,
    _ context: VerificationContext
  ) -> String? {
    if let message = recordObjection(to: region, declaration) { return message }
    guard let cache = context.cache else { return "has colours, and the cache that they count by is not known" }
    guard let outputs = domain.stage2.outputRuns(of: region), let first = outputs.first,
      domain.stage2.run(at: region.base).map({ Stage2Grant($0.attributes) }) == .memory
    else { return "is not all mapped to cacheable memory to read, write and execute" }
    let row = UInt64(cache.colourCount) * Granule.page
    let start = first.base.roundedDown(to: row)
    if let place = strayPage(outputs, from: start, expected.declaration.colours.map(\.value).sorted(), row) {
      return "leads to \(place.hexadecimal), where the next page of its colours is not"
    }
    if let stray = outputs.first(where: { !context.groundwork.memory.contains($0) }) {
      return "leads to \(stray), and not all of that is RAM"
    }
    if let base = declaration.base?.value, base != start {
      return "leads to the row at \(start.hexadecimal), and `base:` says \(base.hexadecimal)"
    }
    if declaration.guest == nil, start != region.base {
      return "leads to the row at \(start.hexadecimal), and without `guest:` it is at that address"
    }
    return nil
  }

  /// The first page that is not the next of some colours, of which there are rows from an address on.
  private static func strayPage(
    _ outputs: [AddressRange], from start: UInt64, _ colours: [Int], _ row: UInt64
  ) -> UInt64? {
    var next: UInt64 = 0
    for output in outputs {
      for page in stride(from: output.base, through: output.last, by: Int(Granule.page)) {
        let (number, position) = next.quotientAndRemainder(dividingBy: UInt64(colours.count))
        let expected = start &+ number &* row &+ UInt64(colours[Int(position)]) &* Granule.page
        if page != expected { return page }
        next += 1
      }
    }
    return nil
  }

  private static func finding(_ message: String, _ domain: ExpectedDomain, _ span: SourceSpan?) -> Finding {
    Finding(
      description, .error, message, subjects: ["domains.\(domain.name)"], resource: ResourceReference(.region),
      domains: [domain.name], spans: [span], help: VerifierRules.rebuild)
  }
}
