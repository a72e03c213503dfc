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
    let words: SharedPageWords
    var findings = CappedFindings(PagesApart.description)
    var sizes: [String: UInt64] = [:]

    init(system: FinishedSystem, groundwork: Groundwork) {
      self.system = system
      self.groundwork = groundwork
      words = SharedPageWords(system: system, groundwork: groundwork)
    }

    mutating func look(at segment: Reach.Segment) {
      guard segment.holders.count > 1 || segment.holders[0].grant.type == .nonCacheable else { return }
      let holders = segment.holders.filter { !groundwork.isBanked(system.domains[$0.domain].stage2.runs[$0.run]) }
      guard let first = holders.first, holders.count > 1 || first.grant.type == .nonCacheable else { return }
      // What makes a finding must not reach for this value while it changes.
      let words = words
      if let other = holders.first(where: { $0.domain == first.domain && $0.run != first.run }) {
        findings.add(words.twice(segment, first, other))
      }
      let access =
        (holders.map { Access(.domain(system.domains[$0.domain].name), $0.grant.rights) }
        + system.hypervisorAccess(to: segment.range)).sorted { $0.party < $1.party }
      let channels = groundwork.channels.channels(of: segment.range, access: access)
      guard !channels.isEmpty else {
        let last = holders.last { $0.domain != first.domain } ?? first
        findings.add(words.unshared(segment, first, last, access))
        return
      }
      for (range, channel) in channels { sizes[channel.name, default: 0] += range.size }
      for holder in holders where !hasForm(holder) {
        findings.add(words.misshapen(segment, holder, channel: channels[0].channel.name))
      }
    }

    /// Whether a holder has a channel as channels are: non-cacheable, at its own address.
    private func hasForm(_ holder: Reach.Holder) -> Bool {
      let run = system.domains[holder.domain].stage2.runs[holder.run]
      return holder.grant.type == .nonCacheable && run.input.base == run.output.base
    }

    /// Every channel has the memory that the manifest asks for.
    mutating func compareSizes() {
      let words = words
      for channel in groundwork.channels.all {
        let found = sizes[channel.name, default: 0]
        if found != channel.size { findings.add(words.size(of: channel, found: found)) }
      }
    }
  }
}
