/// The rules on direct memory access.
enum DMARules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    DMAProtected.self, DMAWordNeeded.self, StreamOnce.self, UnprotectedDMAIsPhysical.self, StreamSharedWithNobody.self,
    MemoryClaimsAssumed.self, DisabledSMMU.self,
  ]
}
