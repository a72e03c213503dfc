/// DMA streams of one SMMU that one domain has.
public struct StreamPlan: Hashable, Sendable {
  /// The first stream id: bits of `mask` are clear.
  public let id: UInt32
  /// Bits of the id that do not count.
  public let mask: UInt32
  /// Position of the domain among the domains.
  public let domain: Int

  /// Whether every id of `other` is one of these.
  func covers(_ other: StreamPlan) -> Bool {
    domain == other.domain && other.mask & ~mask == 0 && (id ^ other.id) & ~mask == 0
  }
}
