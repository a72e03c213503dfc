import Ownership

/// Everything that was decoded from the bytes, without a look at the plan.
public struct FinishedSystem: Sendable {
  /// Memory at the start.
  public let memory: MemoryImage
  /// What the load map says of it.
  public let pieces: [LoadedPiece]
  /// Where the parts of the hypervisor's own image lie.
  public let hypervisor: HypervisorSections
  /// The partition table.
  public let partition: PartitionReading
  /// EL2's own map.
  public let hypervisorMap: TranslationReading
  /// The domains in the order of their records.
  public let domains: [FinishedDomain]
  /// What the domains reach, by physical address.
  let reach: Reach

  /// Puts together what was decoded.
  init(
    memory: MemoryImage, pieces: [LoadedPiece], hypervisor: HypervisorSections, partition: PartitionReading,
    hypervisorMap: TranslationReading, domains: [FinishedDomain]
  ) {
    self.memory = memory
    self.pieces = pieces
    self.hypervisor = hypervisor
    self.partition = partition
    self.hypervisorMap = hypervisorMap
    self.domains = domains
    reach = Reach(domains.map(\.stage2))
  }
}
