/// A claim on a run of addresses: RAM and device registers share one address space, so they share one map.
struct Holding: Hashable, Sendable {
  /// Whether the addresses are RAM (else registers).
  let isMemory: Bool
  /// The claim.
  let claim: Claim

  /// The resource that a run with this holding stands for.
  func resource(_ range: AddressRange) -> Resource { isMemory ? .memory(range) : .device(range) }
}
