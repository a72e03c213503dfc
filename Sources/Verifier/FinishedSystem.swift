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
  /// The stream tables of the SMMUs in the order of their records.
  public let streamTables: [StreamTableReading]
  /// How the hypervisor's pages are counted. Everything about its own memory is in EL2's order.
  let placement: PagePlacement
  /// What the domains reach, by physical address.
  let reach: Reach
  /// What is loaded for each domain, in the domains' order.
  let payloads: [[GuestPayload]]

  /// Every walk, and what tables of it are called: EL2's own map first, then the domains' stage 2, the restart maps,
  /// and the tables of the domains' DMA.
  public var walks: [(owner: String, reading: TranslationReading)] {
    [("EL2's own map", hypervisorMap)] + domains.map { ("stage 2 of domain \($0.name)", $0.stage2) }
      + domains.compactMap { domain in
        domain.restartMap.map { ("the restart map of domain \(domain.name)", $0) }
      } + domains.compactMap { domain in domain.dma.map { ("DMA of domain \(domain.name)", $0) } }
  }

  /// Memory that EL2 keeps pristine bytes in: what the restart maps show read-only beside EL2's own map.
  public var pristineMemory: AddressSet {
    let own = AddressSet(hypervisorMap.runs.map(\.output))
    let shown = domains.compactMap(\.restartMap).flatMap(\.runs).filter {
      $0.attributes & Stage1Bits.readOnly != 0
    }
    return AddressSet(shown.map(\.output)).subtracting(own)
  }

  /// Puts together what was decoded.
  init(
    memory: MemoryImage, pieces: [LoadedPiece], hypervisor: HypervisorSections, partition: PartitionReading,
    hypervisorMap: TranslationReading, domains: [FinishedDomain], placement: PagePlacement = .identity,
    streamTables: [StreamTableReading] = []
  ) {
    self.memory = memory
    self.pieces = pieces
    self.hypervisor = hypervisor
    self.partition = partition
    self.hypervisorMap = hypervisorMap
    self.domains = domains
    self.streamTables = streamTables
    self.placement = placement
    let reach = Reach(domains.map(\.stage2))
    self.reach = reach
    let owned = Dictionary(grouping: pieces, by: \.owner)
    payloads = domains.enumerated().map { index, domain in
      GuestPayload.all(owned[domain.name] ?? [], of: index, domain.stage2, reach)
    }
  }

  /// What is loaded for a domain.
  func payloads(of domain: FinishedDomain) -> [GuestPayload] {
    domains.firstIndex { $0.name == domain.name }.map { payloads[$0] } ?? []
  }
}
