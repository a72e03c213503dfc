import Diagnostics
import Ownership

/// No page is reachable by two domains unless a channel says so.
enum PagesApart: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-031", title: "no page is reachable by two domains but a channel's",
    requirement:
      "A physical page that the stage 2 of several domains leads to shall be a channel's, reached by just its "
      + "parties with just their rights (the writer reads and writes, a reader reads, nobody executes), non-cacheable and "
      + "at its own address; each channel shall be all of its size.",
    hazard: "One domain reads or changes what another works with, whatever either of them does about it.",
    applicability:
      "Every image that is verified. A GICv2's virtual CPU interface, exactly its two pages at the physical "
      + "interface's place, does not count as shared: the hardware has one for each CPU.",
    example: "bulkhead verify build/cockpit   # a stage-2 entry of one domain leads into another's RAM")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var check = Check(system: system, groundwork: context.groundwork)
    for segment in system.reach.segments { check.look(at: segment) }
    check.compareSizes()
    return ClaimOutcome(
      description, examined: system.domains.map(\.stage2.leaves.count).reduce(0, +), "stage-2 leaves",
      findings: check.findings.all)
  }

  private struct Check {
    let system: FinishedSystem
    let groundwork: Groundwork
    var findings = CappedFindings(PagesApart.description)
    var sizes: [String: UInt64] = [:]

    mutating func look(at segment: Reach.Segment) {
      let isSuspect = segment.holders.count > 1 || segment.holders[0].grant.type == .nonCacheable
      guard isSuspect else { return }
      let holders = segment.holders.filter { !groundwork.isBanked(system.domains[$0.domain].stage2.runs[$0.run]) }
      guard let first = holders.first, holders.count > 1 || first.grant.type == .nonCacheable else { return }
      if let other = holders.first(where: { $0.domain == first.domain && $0.run != first.run }) {
        report(segment, first, other, "domain \(name(first)) reaches \(segment.range) in two ways")
      }
      let access = holders.map { Access(.domain(name($0)), $0.grant.rights) }.sorted { $0.party < $1.party }
      let channels = groundwork.channels.channels(of: segment.range, access: access)
      guard !channels.isEmpty else {
        let last = holders.last(where: { $0.domain != first.domain }) ?? first
        report(segment, first, last, unshared(segment, first, last, access))
        return
      }
      for (range, channel) in channels { sizes[channel.name, default: 0] += range.size }
      for holder in holders { lookForm(segment, holder, channels[0].channel) }
    }

    private mutating func lookForm(
      _ segment: Reach.Segment, _ holder: Reach.Holder, _ channel: ExpectedChannels.Channel
    ) {
      let run = system.domains[holder.domain].stage2.runs[holder.run]
      guard holder.grant.type != .nonCacheable || run.input.base != run.output.base else { return }
      let guest = run.input.base &+ (segment.range.base &- run.output.base)
      report(
        segment, holder, holder,
        "channel \(channel.name) at \(segment.range) is \(holder.grant.words) for domain \(name(holder)) at the guest "
          + "address \(guest.hexadecimal); a channel is non-cacheable and stands where it is")
    }

    /// Every channel has the memory that the manifest asks for.
    mutating func compareSizes() {
      for channel in groundwork.channels.all where sizes[channel.name, default: 0] != channel.size {
        let found = sizes[channel.name, default: 0]
        findings.add(
          Finding(
            PagesApart.description, .error,
            "channel \(channel.name) has \(channel.size.byteCount) by the manifest, and the domains' tables show "
              + "\(found.byteCount) with its parties and rights", subjects: ["channels.\(channel.name)"],
            resource: ResourceReference(.channel, channel.name), spans: [channel.span], help: VerifierRules.rebuild))
      }
    }

    private func unshared(
      _ segment: Reach.Segment, _ first: Reach.Holder, _ last: Reach.Holder, _ access: [Access]
    ) -> String {
      guard first.domain != last.domain else {
        return "domain \(name(first)) reaches \(segment.range) as \(first.grant.words), and no channel is its alone"
      }
      let all = access.map { "\($0.party) (\($0.rights.words))" }.joined(separator: " and ")
      return "\(segment.range) is reached by \(all), and no channel has these parties with these rights"
    }

    private func name(_ holder: Reach.Holder) -> String { system.domains[holder.domain].name }

    private mutating func report(
      _ segment: Reach.Segment, _ first: Reach.Holder, _ last: Reach.Holder, _ message: String
    ) {
      let places = first.domain == last.domain && first.run == last.run ? [first] : [first, last]
      let entries = places.map { system.entry(of: $0, leadingTo: segment.range.base) }
      let names = Set(places.map(name)).sorted()
      let finding = Finding(
        PagesApart.description, .error, "\(message); see \(entries.joined(separator: " and "))",
        subjects: names.map { "domains.\($0)" }, resource: ResourceReference(.page, segment.range.base.hexadecimal),
        domains: names, spans: names.map { groundwork.domain($0)?.span }, help: VerifierRules.rebuild)
      findings.add(finding)
    }
  }
}
