import Board
import Diagnostics
import Ownership
import Partition

/// What the rules look at: the plan, and what many of them need of it, worked out once.
public struct RuleContext: Sendable {
  /// More clashes than this help nobody to find the first one, and a hostile tree could make millions.
  private static let mostClashes = 2000

  /// The plan as far as it goes.
  let draft: Draft
  /// Every claim on physical addresses, in the order of the manifest and then of the board.
  let claims: [PhysicalClaim]
  /// The claims of different parties that overlap.
  let clashes: [Clash]
  /// What each domain sees, in the domains' order.
  let guestLayouts: [GuestLayout]
  /// Enabled devices that no domain has, that EL2 does not drive and that are not under `disabled:`.
  let unassigned: [Device]

  /// Which lines, channels, PHYs and private IOMMUs the domains' devices claim.
  let lines: ClaimedLines
  /// Hardware that the domains' devices depend on, by path.
  let providers: [String: ProviderPlan]
  /// Every assigned device, by path, with its domain's position; the first, should two have it.
  let owners: [String: (domain: Int, device: DeviceDraft)]

  /// Prepares a draft for the rules.
  init(_ draft: Draft) {
    self.draft = draft
    let collector = ClaimCollector(draft)
    unassigned = collector.unassigned
    let claims = collector.claims
    let parties = claims.map { collector.party(of: $0.claimant) }
    self.claims = claims
    lines = ClaimedLines(draft)
    providers = Dictionary(draft.providers.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    owners = Dictionary(
      draft.domains.flatMap { domain in domain.devices.map { ($0.path, (domain.index, $0)) } },
      uniquingKeysWith: { first, _ in first })
    guestLayouts = GuestLayout.all(of: draft)
    clashes = OverlapSweep.pairs(among: claims.map(\.pages), parties: parties, limit: Self.mostClashes).map { pair in
      let (first, second) = (min(pair.first, pair.second), max(pair.first, pair.second))
      return Clash(first: claims[first], second: claims[second], overlap: pair.overlap)
    }
  }

  /// The lowest place in RAM for `size` bytes that nobody claims, at a multiple of 2 MiB if there is one, for advice.
  func freePlace(for size: UInt64) -> AddressRange? {
    let taken = AddressSet(claims.map(\.pages) + draft.board.description.loaderRanges.map(\.pages))
    let free = AddressSet(draft.ram.compactMap { $0.roundedInward(to: Granule.page) }).subtracting(taken)
    for alignment in [Granule.block2MiB, Granule.page] {
      for run in free.runs {
        guard let start = run.base.roundedUp(to: alignment), let place = AddressRange(base: start, size: size) else {
          continue
        }
        if run.contains(place) { return place }
      }
    }
    return nil
  }
}
