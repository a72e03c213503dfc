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
}
