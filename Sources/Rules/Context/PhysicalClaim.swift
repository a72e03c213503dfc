import Ownership

/// Somebody's claim on a run of physical addresses, in whole pages because nothing smaller can be kept apart.
struct PhysicalClaim: Hashable, Sendable {
  /// Who.
  let claimant: Claimant
  /// The pages.
  let pages: AddressRange
}
