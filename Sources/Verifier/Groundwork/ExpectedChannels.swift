import Diagnostics
import Manifest
import Ownership

/// The channels of a manifest, found by who may do what.
struct ExpectedChannels: Sendable {
  /// One channel.
  struct Channel: Sendable {
    /// Its name.
    let name: String
    /// Who may do what, by party.
    let access: [Access]
    /// Its size in whole pages, in bytes.
    let size: UInt64
    /// Where it stands in the manifest.
    let span: SourceSpan
  }

  /// The channels in the manifest's order.
  let all: [Channel]
  private let byParties: [[Access]: [Int]]
  /// Where the plan has each, by address: only to tell channels of equal parties from one another.
  private let places: [(memory: AddressRange, name: String)]

  /// Collects them.
  init(_ manifest: Manifest, _ plan: Ownership) {
    all = manifest.channels.map { channel in
      let access =
        [Access(channel.isHealthPage ? .hypervisor : .domain(channel.writer.value), [.read, .write])]
        + channel.readers.map { Access(.domain($0.value), .read) }
      return Channel(
        name: channel.name.value, access: Claim(.channel(channel.name.value), access: access).access,
        size: channel.size.value.roundedUp(to: Granule.page) ?? .max, span: channel.span)
    }
    byParties = Dictionary(grouping: all.indices) { [all] in all[$0].access }
    places = plan.entries.compactMap { entry in
      guard case .memory(let range) = entry.resource, case .channel(let name) = entry.claim.owner else { return nil }
      return (range, name)
    }
  }

  /// The channel that some memory is by who reaches it with which rights, in pieces where several channels have the same
  /// parties: bytes cannot tell these apart, and the plan's addresses say which is which. Empty if no channel has just
  /// these parties.
  func channels(of range: AddressRange, access: [Access]) -> [(range: AddressRange, channel: Channel)] {
    guard let indices = byParties[access], let first = indices.first else { return [] }
    guard indices.count > 1 else { return [(range, all[first])] }
    var rest: AddressRange? = range
    var pieces: [(range: AddressRange, channel: Channel)] = []
    for place in places {
      guard let open = rest, let common = open.intersection(place.memory),
        let index = indices.first(where: { all[$0].name == place.name })
      else { continue }
      if common.base > open.base, let before = AddressRange(base: open.base, last: common.base - 1) {
        pieces.append((before, all[first]))
      }
      pieces.append((common, all[index]))
      rest = common.last < open.last ? AddressRange(base: common.last + 1, last: open.last) : nil
    }
    if let rest { pieces.append((rest, all[first])) }
    return pieces
  }
}
