import Diagnostics
import Ownership

/// Puts into words what is wrong with a page that several entries lead to.
struct SharedPageWords {
  /// What was decoded.
  let system: FinishedSystem
  /// Where the manifest speaks of whom.
  let groundwork: Groundwork

  /// One domain has two ways to some pages.
  func twice(_ segment: Reach.Segment, _ first: Reach.Holder, _ second: Reach.Holder) -> Finding {
    finding(segment, first, second, "domain \(name(first)) reaches \(segment.range) in two ways")
  }

  /// No channel has these parties with these rights.
  func unshared(_ segment: Reach.Segment, _ first: Reach.Holder, _ last: Reach.Holder, _ access: [Access]) -> Finding {
    guard first.domain != last.domain else {
      return finding(
        segment, first, last,
        "domain \(name(first)) reaches \(segment.range) as \(first.grant.words), and no channel is its alone")
    }
    let all = access.map { "\($0.party) (\($0.rights.words))" }.joined(separator: " and ")
    return finding(
      segment, first, last, "\(segment.range) is reached by \(all), and no channel has these parties with these rights")
  }

  /// A channel's page that is not as channels are.
  func misshapen(_ segment: Reach.Segment, _ holder: Reach.Holder, channel: String) -> Finding {
    let run = system.domains[holder.domain].stage2.runs[holder.run]
    let guest = run.input.base &+ (segment.range.base &- run.output.base)
    return finding(
      segment, holder, holder,
      "channel \(channel) at \(segment.range) is \(holder.grant.words) for domain \(name(holder)) at the guest "
        + "address \(guest.hexadecimal); a channel is non-cacheable and stands where it is")
  }

  /// A channel of another size than the manifest's.
  func size(of channel: ExpectedChannels.Channel, found: UInt64) -> Finding {
    Finding(
      PagesApart.description, .error,
      "channel \(channel.name) has \(channel.size.byteCount) by the manifest, and the domains' tables show "
        + "\(found.byteCount) with its parties and rights", subjects: ["channels.\(channel.name)"],
      resource: ResourceReference(.channel, channel.name), spans: [channel.span], help: VerifierRules.rebuild)
  }

  private func name(_ holder: Reach.Holder) -> String { system.domains[holder.domain].name }

  private func finding(
    _ segment: Reach.Segment, _ first: Reach.Holder, _ last: Reach.Holder, _ message: String
  ) -> Finding {
    let places = first.domain == last.domain && first.run == last.run ? [first] : [first, last]
    let entries = places.map { system.entry(of: $0, leadingTo: segment.range.base) }
    let names = Set(places.map(name)).sorted()
    return Finding(
      PagesApart.description, .error, "\(message); see \(entries.joined(separator: " and "))",
      subjects: names.map { "domains.\($0)" }, resource: ResourceReference(.page, segment.range.base.hexadecimal),
      domains: names, spans: names.map { groundwork.domain($0)?.span }, help: VerifierRules.rebuild)
  }
}
