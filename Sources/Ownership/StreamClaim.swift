/// A claim on a DMA stream of one SMMU.
struct StreamClaim: Hashable, Sendable {
  /// The stream id.
  let id: UInt32
  /// Bits of the id that do not count.
  let mask: UInt32
  /// The claim.
  let claim: Claim

  /// Whether one transaction could carry both ids: they agree in every bit that counts for both.
  func overlaps(_ other: StreamClaim) -> Bool {
    (id ^ other.id) & ~(mask | other.mask) == 0
  }
}
