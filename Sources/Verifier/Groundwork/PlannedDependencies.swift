import Board
import Ownership

/// What the plan says of providers and streams, sorted by what bytes can show of it.
struct PlannedDependencies: Sendable {
  /// A provider of the plan.
  struct Provider: Sendable {
    /// Its node.
    let path: String
    /// What the plan claims.
    let claim: Claim
    /// The whole pages of its registers; empty for one without registers of its own.
    let pages: [AddressRange]
  }

  /// Every provider of the plan, in its order.
  let providers: [Provider]
  /// Streams of the plan of devices without registers: no table shows who drives such a device.
  let hiddenStreams: [(resource: Resource, claim: Claim)]

  /// Sorts the plan's claims.
  init(_ plan: Ownership, _ board: Board, _ devices: [KnownDevice]) {
    // Streams of these stand in tables.
    let live = Set(board.smmus.filter(\.isEnabled).map(\.path))
    var shown: Set<Resource> = []
    for known in devices where known.isUsable && !known.pages.isEmpty {
      for stream in known.device.streams {
        shown.insert(.stream(smmu: stream.smmu, id: stream.stream, mask: stream.mask))
      }
    }
    let pages = Dictionary(
      devices.filter { !$0.isDisabled }.map { ($0.device.path, $0.pages) }, uniquingKeysWith: { first, _ in first })
    var providers: [Provider] = []
    var hidden: [(resource: Resource, claim: Claim)] = []
    for (resource, claim) in plan.entries {
      switch resource {
      case .provider(let path): providers.append(Provider(path: path, claim: claim, pages: pages[path] ?? []))
      case .stream(let smmu, _, _) where !live.contains(smmu) && !shown.contains(resource):
        hidden.append((resource, claim))
      default: break
      }
    }
    self.providers = providers
    hiddenStreams = hidden
  }
}
