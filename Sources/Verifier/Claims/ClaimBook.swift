/// Every claim, in the order of the certificate.
enum ClaimBook {
  /// The claims by id.
  static let all: [any ProofClaim.Type] =
    [
      WellFormedTables.self, Stage2Registers.self, HypervisorRegisters.self, Stage2Attributes.self,
      WriteXorExecute.self, IdentityMap.self, MinimalMap.self, NoForeignMemory.self, UnwritableTables.self,
      ExplainedMemory.self, StatesAndStacks.self,
      RuntimeUnchanged.self,
    ] + ownership + trees + options

  /// Who owns what, and what is where.
  private static let ownership: [any ProofClaim.Type] = [
    AgreesWithPlan.self, PagesApart.self, NothingGuardedReached.self, KeptMemoryUntouched.self, EverythingGiven.self,
    RegionsMapped.self, InterruptsOwnedOnce.self, InterruptsOfOwnDevices.self, CPUsOwnedOnce.self,
    CPURecordsFitBoard.self, StreamsStayInside.self, HardwareIsTheBoards.self, WordsAreTheManifests.self,
    VirtualHardwareTraps.self, CallsAreAllowed.self, PiecesInPlace.self, PayloadsAreTheInput.self,
    NothingBehindPayloads.self,
  ]

  /// What only some manifests ask for, by id: the certificate has every claim in the order of ids.
  private static let options: [any ProofClaim.Type] = [
    DirectInterruptsAlone.self, PristineCopies.self, RestartMaps.self, RestartClears.self,
    WatchdogsAreTheManifests.self, ChannelDevicesAreTheManifests.self, StreamTablesExact.self,
    DMAReachesOwnMemory.self, SMMUsAreTheBoards.self, ColoursApart.self,
  ]
}
