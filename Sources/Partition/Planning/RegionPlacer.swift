import Diagnostics
import Manifest
import Ownership

/// Chooses addresses for the domains' RAM and for the channels.
///
/// Fixed regions are where the manifest says, whatever lies there: the rules judge that. The others are placed largest
/// first (of equal ones in the manifest's order), each at the lowest address that suits it. Several ways of placing are
/// tried in turn, the one with the largest translation blocks first, until one has room for everything.
struct RegionPlacer {
  /// One way of placing.
  struct Manner {
    /// The coarsest alignment that is looked for.
    let alignment: UInt64
    /// Whether to keep clear of memory that the boot loader uses until the domains start.
    let avoidsLoader: Bool
  }

  private static let manners = [
    Manner(alignment: Granule.block1GiB, avoidsLoader: true),
    Manner(alignment: Granule.block2MiB, avoidsLoader: true),
    Manner(alignment: Granule.block1GiB, avoidsLoader: false),
    Manner(alignment: Granule.block2MiB, avoidsLoader: false),
    Manner(alignment: Granule.page, avoidsLoader: false),
  ]

  /// A region whose address is to be chosen.
  struct Request {
    let domain: Int
    let index: Int
    let size: UInt64
    let guest: UInt64?
  }

  /// RAM without what was taken before.
  let free: FreeMemory
  /// Memory that the boot loader uses until the domains start.
  let loaderRanges: [AddressRange]
  /// Who has which cache colours.
  let colouring: Colouring?

  /// The regions of each domain in the manifest's order, the channels' pages in theirs, and why some have none.
  struct Result {
    var regions: [[RegionDraft]]
    var channels: [ChannelPlan]
    var findings: [Finding]
  }

  /// Places everything that the manifest asks for.
  func place(_ manifest: Manifest) -> Result {
    var fixed: [AddressRange] = []
    var requests: [Request] = []
    var regions: [[RegionDraft]] = []
    for (domainIndex, domain) in manifest.domains.enumerated() {
      regions.append([])
      for (index, declaration) in domain.memory.enumerated() {
        let region: MemoryRegion?
        switch read(declaration, of: domainIndex) {
        case .fixed(let found):
          fixed.append(found.reach)
          region = found
        case .floating:
          let size = declaration.size.value.roundedUp(to: Granule.page) ?? .max
          requests.append(Request(domain: domainIndex, index: index, size: size, guest: declaration.guest?.value))
          region = nil
        case .impossible:
          region = nil
        }
        regions[domainIndex].append(RegionDraft(declaration: declaration, index: index, region: region))
      }
    }
    var result = Result(regions: regions, channels: [], findings: [])
    fill(&result, manifest, fixed: fixed, requests: requests)
    return result
  }

  private enum Reading {
    case fixed(MemoryRegion)
    case floating
    case impossible
  }

  /// What one entry of `memory:` asks for. The manifest's reader refuses sizes of 0 and regions that run past 2^64.
  private func read(_ declaration: MemoryDeclaration, of domain: Int) -> Reading {
    let size = declaration.size.value
    let guest = declaration.guest.map { AddressRange(base: $0.value, size: size) }
    guard size > 0, guest != .some(nil) else { return .impossible }
    guard let base = declaration.base?.value else { return .floating }
    guard let physical = AddressRange(base: base, size: size) else { return .impossible }
    if let colouring {
      let region = Self.coloured(declaration, at: base, colouring, domain)
      return region.map { .fixed($0) } ?? .impossible
    }
    return .fixed(MemoryRegion(physical: physical, guest: (guest ?? physical) ?? physical))
  }

  /// Tries one manner after the other; the last one that was tried stands, with findings for what has no room.
  private func fill(_ result: inout Result, _ manifest: Manifest, fixed: [AddressRange], requests: [Request]) {
    let ordered = requests.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
    for (position, manner) in Self.manners.enumerated() {
      var attempt = result
      var space = free
      for range in fixed { space.take(range) }
      if let colouring {
        placeChannels(manifest, space, &attempt)
        for channel in attempt.channels { space.take(channel.memory) }
        placeStripes(ordered.map(\.element), manner, colouring, space, &attempt, manifest)
      } else {
        for request in ordered.map(\.element) { place(request, manner, &space, &attempt, manifest) }
        placeChannels(manifest, space, &attempt)
      }
      if attempt.findings.isEmpty || position == Self.manners.count - 1 {
        result = attempt
        return
      }
    }
  }

  private func place(
    _ request: Request, _ manner: Manner, _ space: inout FreeMemory, _ result: inout Result, _ manifest: Manifest
  ) {
    var candidates = space
    if manner.avoidsLoader { for range in loaderRanges { candidates.take(range) } }
    let declared = result.regions[request.domain][request.index]
    for alignment in Self.alignments(request, coarsest: manner.alignment) {
      guard
        let found = candidates.lowest(size: request.size, alignment: alignment, residue: request.guest ?? 0),
        let physical = AddressRange(base: found.base, size: declared.declaration.size.value)
      else { continue }
      let guest = request.guest.flatMap { AddressRange(base: $0, size: physical.size) } ?? physical
      space.take(found)
      result.regions[request.domain][request.index] = RegionDraft(
        declaration: declared.declaration, index: request.index,
        region: MemoryRegion(physical: physical, guest: guest))
      return
    }
    result.findings.append(noRoom(request, declared.declaration, space, manifest.domains[request.domain].name.value))
  }

  /// Alignments worth looking for: blocks that the region can hold, and 2 MiB for the region a kernel starts in.
  private static func alignments(_ request: Request, coarsest: UInt64) -> [UInt64] {
    [Granule.block1GiB, Granule.block2MiB, Granule.page].filter { alignment in
      guard alignment <= coarsest else { return false }
      return alignment <= request.size || alignment == Granule.block2MiB && request.index == 0
    }
  }

  private func placeChannels(_ manifest: Manifest, _ space: FreeMemory, _ result: inout Result) {
    var space = space
    for range in loaderRanges { space.take(range) }
    for channel in manifest.channels {
      let size = channel.size.value.roundedUp(to: Granule.page) ?? .max
      guard size > 0, let memory = space.lowest(size: size, alignment: Granule.page) else {
        result.findings.append(noRoom(channel, space))
        continue
      }
      space.take(memory)
      result.channels.append(ChannelPlan(declaration: channel, memory: memory))
    }
  }

  private func noRoom(
    _ request: Request, _ declaration: MemoryDeclaration, _ space: FreeMemory, _ domain: String
  ) -> Finding {
    Finding(
      PartitionRules.noRoom, .error,
      "domains.\(domain).memory[\(request.index)] asks for \(declaration.size.value.byteCount), and the largest run of RAM "
        + "that is left has \(space.largestRun.byteCount)",
      subjects: ["domains.\(domain)"], resource: ResourceReference(.memory), domains: [domain],
      spans: [declaration.size.span ?? declaration.span],
      help: wayOut(declaration.size.value, space)
        ?? "make it smaller, split it into several regions, or make another domain's memory smaller")
  }

  /// What to do where all RAM that is left, put together, would not do; `nil` where it would.
  private func wayOut(_ size: UInt64, _ space: FreeMemory) -> String? {
    let left = space.total
    guard left < size else { return nil }
    let most = left == 0 ? "nothing is left" : "no more than \(left.byteCount) is left in all"
    return "\(most), so splitting does not help: make this or another domain's memory smaller by "
      + "\((size - left).byteCount) or more, or write the RAM that the board really has under `memory-banks:`"
  }

  private func noRoom(_ channel: ChannelDeclaration, _ space: FreeMemory) -> Finding {
    Finding(
      PartitionRules.noRoom, .error,
      "channels.\(channel.name.value) asks for \(channel.size.value.byteCount), and the largest run of RAM that is left has "
        + space.largestRun.byteCount,
      subjects: ["channels.\(channel.name.value)"], resource: ResourceReference(.channel, channel.name.value),
      spans: [channel.size.span ?? channel.span],
      help: wayOut(channel.size.value, space) ?? "make it or a domain's memory smaller")
  }
}
