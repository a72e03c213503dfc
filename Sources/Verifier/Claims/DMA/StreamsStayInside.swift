import Diagnostics
import Ownership

/// What a domain's devices reach by DMA is the domain's.
enum StreamsStayInside: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-040", title: "every DMA stream reaches its own domain's memory only",
    requirement:
      "A device that can start DMA and whose registers a domain's stage 2 shows shall stand behind an SMMU whose "
      + "tables keep it to that domain's memory, or the manifest shall say `dma: unprotected` for it with a reason.",
    hazard:
      "The device reads and writes every domain's memory and the hypervisor's, at addresses that its driver chooses.",
    applicability:
      "Every image that is verified. A device behind an enabled SMMU has all of its streams in that SMMU's tables, for the "
      + "domain that the manifest gives it to; whose they are there is whose its DMA is. A device without, or behind one that "
      + "the tree disables (as it was left, bypassing or not), is assumed to keep to its domain where the manifest says so, and refused where "
      + "it does not. Devices in a domain's pages that nobody may use, because the tree or `disabled:` says so, "
      + "and devices of which it has a part only, are assumed not to be started.",
    example: "devices: [ /soc/ethernet@30be0000 ]      # no SMMU, and no `dma: unprotected`")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var findings = CappedFindings(description)
    var assumptions: [String] = []
    var examined = 0
    let tables = Dictionary(
      system.partition.smmus.compactMap { record in groundwork.smmus[record.registers].map { ($0, record) } },
      uniquingKeysWith: { first, _ in first })
    for domain in system.domains {
      let expected = groundwork.domain(domain.name)
      let pages = groundwork.registers(in: domain.stage2)
      let reached = groundwork.devices.filter { $0.pages.contains(where: pages.overlaps) }
      // No table shows a device without registers; whoever the manifest gives it to can start its DMA.
      let hidden = groundwork.devices.filter {
        $0.pages.isEmpty && $0.isUsable && $0.gift != nil && $0.gift?.domain == expected?.index
      }
      examined += reached.count + hidden.count
      for known in reached + hidden where known.device.isDMAMaster {
        switch verdict(on: known, pages, domain, expected, tables) {
        case .proved: break
        case .refused(let why):
          findings.add(
            finding("\(known.device.path), which domain \(domain.name) can drive, \(why)", known, domain, expected))
        case .assumed(let sentence): assumptions.append(sentence)
        }
      }
    }
    return ClaimOutcome(
      description, examined: examined, "devices in the domains' reach", findings: findings.all,
      assumptions: assumptions)
  }

  private enum Verdict {
    case proved
    case refused(String)
    case assumed(String)
  }

  private static func verdict(
    on known: KnownDevice, _ pages: AddressSet, _ finished: FinishedDomain, _ expected: ExpectedDomain?,
    _ tables: [String: SMMUReading]
  ) -> Verdict {
    let path = known.device.path
    let domain = finished.name
    guard known.gift?.domain == expected?.index || known.pages.allSatisfy(pages.contains) else {
      return .assumed("\(path), of whose registers domain \(domain) reaches a part, starts no DMA by that part")
    }
    guard known.isUsable else {
      let who = known.isDisabled ? "`disabled:` of the manifest" : "the board's tree"
      return .assumed(
        "\(path), which \(who) disables and whose registers domain \(domain) reaches, starts no DMA")
    }
    let live = known.claimedStreams.filter(\.isLive)
    if !live.isEmpty {
      let owner = known.gift?.domain ?? expected?.index
      let stray = live.first { stream in
        let id = stream.stream & ~stream.mask
        return tables[stream.smmu]?.streams.contains {
          $0.domain == owner && stream.mask & ~$0.mask == 0 && (id ^ $0.id) & ~$0.mask == 0
        } != true
      }
      guard let stray else { return .proved }
      return .refused(
        "has stream \(UInt64(stray.stream).hexadecimal) on the SMMU \(stray.smmu), whose tables do not give it to that domain"
      )
    }
    let disabled = known.device.streams.first
    guard let gift = known.gift, gift.domain == expected?.index, gift.isUnprotected else {
      return .refused(
        (disabled.map { "stands behind the SMMU \($0.smmu), which the tree disables," } ?? "stands behind no SMMU")
          + " and the manifest does not say `dma: unprotected` for it")
    }
    let smmu = disabled.map { ", behind the SMMU \($0.smmu), which the tree disables and nobody programs" } ?? ""
    let reason = gift.unprotectedReason.map { " (dma: unprotected: \($0))" } ?? " (dma: unprotected)"
    return .assumed("\(path) of domain \(domain)\(smmu) starts DMA to memory of domain \(domain) only\(reason)")
  }

  private static func finding(
    _ message: String, _ known: KnownDevice, _ domain: FinishedDomain, _ expected: ExpectedDomain?
  ) -> Finding {
    let stream = known.device.streams.first
    return Finding(
      description, .error, message, subjects: [known.device.path, "domains.\(domain.name)"],
      resource: ResourceReference(.stream, stream.map { UInt64($0.stream).hexadecimal }, on: stream?.smmu),
      domains: [domain.name], spans: [known.gift?.span ?? expected?.span],
      help: stream?.isLive == true
        ? VerifierRules.rebuild
        : "take the device out of domain \(domain.name), or say `dma: unprotected` and why that is acceptable")
  }
}
