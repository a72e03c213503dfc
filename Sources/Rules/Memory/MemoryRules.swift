/// The rules on RAM.
enum MemoryRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    DisjointMemory.self, HypervisorMemory.self, DisjointRegions.self, MemoryInBanks.self, ReservedMemoryKept.self,
    MemoryHoldsNoRegisters.self, WholePages.self, DisjointBanks.self, PhysicalAddressSize.self,
    ReservedMemoryApart.self,
  ]
}
