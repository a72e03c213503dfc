import Diagnostics
import Ownership
import Partition

/// Everything that a domain sees, by guest address.
struct GuestLayout {
  /// One thing that a domain sees.
  struct Part: Hashable {
    /// What it is.
    enum Kind: Hashable {
      case memory(index: Int)
      case granted
      case channel
      case device
      case distributor
      case redistributors
      case cpuInterface
      case console
    }

    let kind: Kind
    /// As a message names it.
    let name: String
    /// Guest addresses.
    let range: AddressRange
    /// Whether they are also the physical ones. Overlaps of two such parts are overlaps in physical memory, where the
    /// rules on memory and devices name them.
    let isPhysical: Bool
    let span: SourceSpan?
  }

  /// Two parts that overlap.
  struct Overlap {
    let left: Part
    let right: Part
    let range: AddressRange
  }

  /// The domain.
  let domain: DomainDraft
  /// Where parts overlap, in the order of the addresses, unless both are where physical memory has them.
  let overlaps: [Overlap]

  /// More overlaps than this help nobody.
  private static let mostOverlaps = 200

  /// What each domain of a draft sees.
  static func all(of draft: Draft) -> [GuestLayout] {
    var channels: [String: [ChannelPlan]] = [:]
    for channel in draft.channels {
      let sides = [channel.declaration.writer.value] + channel.declaration.readers.map(\.value)
      for side in Set(sides) { channels[side, default: []].append(channel) }
    }
    return draft.domains.map { GuestLayout($0, channels: channels[$0.name] ?? []) }
  }

  private init(_ domain: DomainDraft, channels: [ChannelPlan]) {
    self.domain = domain
    let parts =
      Self.memory(domain) + channels.map(Self.channel) + domain.devices.flatMap(Self.device)
      + Self.virtualDevices(domain)
    overlaps = OverlapSweep.pairs(among: parts.map(\.range), limit: Self.mostOverlaps) { left, right in
      !(parts[left].isPhysical && parts[right].isPhysical)
    }.map { pair in
      let (first, second) = (min(pair.first, pair.second), max(pair.first, pair.second))
      return Overlap(left: parts[first], right: parts[second], range: pair.overlap)
    }
  }

  private static func memory(_ domain: DomainDraft) -> [Part] {
    var parts: [Part] = []
    for entry in domain.memory {
      guard let region = entry.region else { continue }
      let declaration = entry.declaration
      parts.append(
        Part(
          kind: .memory(index: entry.index), name: "\(domain.subject).memory[\(entry.index)]",
          range: region.guest.pages,
          isPhysical: region.guest == region.physical,
          span: declaration.guest?.span ?? declaration.base?.span ?? declaration.span))
    }
    for grant in domain.reservedMemory {
      parts.append(
        Part(
          kind: .granted, name: grant.reserved.path, range: grant.region.guest.pages, isPhysical: true, span: grant.span
        ))
    }
    return parts
  }

  private static func channel(_ channel: ChannelPlan) -> Part {
    Part(
      kind: .channel, name: "channels.\(channel.name)", range: channel.memory.pages, isPhysical: true,
      span: channel.declaration.span)
  }

  private static func device(_ device: DeviceDraft) -> [Part] {
    device.assignment.pages.map {
      Part(kind: .device, name: device.path, range: $0, isPhysical: true, span: device.span)
    }
  }

  /// The virtual GIC and console are emulated: no physical claim stands for them, so their overlaps count at any address.
  private static func virtualDevices(_ domain: DomainDraft) -> [Part] {
    var parts: [Part] = []
    if let controller = domain.interruptController {
      parts.append(
        Part(
          kind: .distributor, name: "the virtual distributor", range: controller.distributor, isPhysical: false,
          span: nil))
      if let range = controller.redistributors {
        parts.append(
          Part(kind: .redistributors, name: "the virtual redistributors", range: range, isPhysical: false, span: nil))
      }
      if let range = controller.cpuInterface?.guest {
        parts.append(
          Part(kind: .cpuInterface, name: "the virtual CPU interface", range: range, isPhysical: false, span: nil))
      }
    }
    if let console = domain.console, let page = AddressRange(base: console.base, size: Granule.page) {
      parts.append(
        Part(
          kind: .console, name: "the virtual console", range: page, isPhysical: false,
          span: domain.declaration.console?.span))
    }
    return parts
  }
}
