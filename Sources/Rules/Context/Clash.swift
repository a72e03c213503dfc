import Ownership

/// Two claims of different parties on the same pages.
struct Clash: Hashable, Sendable {
  /// The claim that comes first in the context's list.
  let first: PhysicalClaim
  /// The other.
  let second: PhysicalClaim
  /// The pages that both claim.
  let overlap: AddressRange

  /// The two in the order in which `matches` finds them: the first of the pair is the one for which `left` holds and the
  /// second the one for which `right` does; `nil` if neither order fits.
  func ordered(
    _ left: (Claimant) -> Bool, _ right: (Claimant) -> Bool
  ) -> (left: PhysicalClaim, right: PhysicalClaim)? {
    if left(first.claimant), right(second.claimant) { return (first, second) }
    if left(second.claimant), right(first.claimant) { return (second, first) }
    return nil
  }
}
