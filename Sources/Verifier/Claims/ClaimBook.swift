/// Every claim, in the order of the certificate.
enum ClaimBook {
  /// The claims by id.
  static let all: [any ProofClaim.Type] =
    [
      WellFormedTables.self, Stage2Registers.self, HypervisorRegisters.self, Stage2Attributes.self,
      WriteXorExecute.self, IdentityMap.self, MinimalMap.self, NoForeignMemory.self, UnwritableTables.self,
      ExplainedMemory.self, StatesAndStacks.self,
      RuntimeUnchanged.self,
    ] + trees
}
