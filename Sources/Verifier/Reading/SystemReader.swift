/// Decodes a whole system from what is in memory: headers, partition table, EL2's map, every domain's stage 2 and tree.
public enum SystemReader {
  /// Reads it.
  ///
  /// - Parameters:
  ///   - loaded: what is in memory at the start.
  ///   - pieces: what the load map says of it.
  ///   - arrangement: which pages the hypervisor has.
  /// - Throws: `VerifierError` with the first thing for which nothing can be read further.
  public static func read(
    _ loaded: MemoryImage, pieces: [LoadedPiece], arrangement: HypervisorArrangement = .contiguous
  ) throws(VerifierError) -> FinishedSystem {
    let placement = try placement(loaded, pieces, arrangement)
    let image = try placement.linear(loaded)
    let sections = try HypervisorHeaderReader.read(image, placement)
    let partition = try PartitionReader.read(image, at: sections)
    var budget = TableBudget()
    let map = try TableWalker.walk(
      .hypervisor, base: partition.translationTable, control: partition.translationControl, in: image,
      window: partition.hypervisor, placement: placement, budget: &budget)
    var streamTables: [StreamTableReading] = []
    for record in partition.smmus {
      streamTables.append(try StreamTableReading(record, in: image, window: partition.hypervisor))
    }
    var domains: [FinishedDomain] = []
    for (index, record) in partition.domains.enumerated() {
      // The VMID stands in bits 63:48 of VTTBR_EL2 (Arm DDI 0487J.a, D19.2.166).
      let stage2 = try TableWalker.walk(
        .domain(record.name), base: record.stage2Table, control: record.stage2Control, in: image,
        window: partition.hypervisor, placement: placement, budget: &budget)
      var restartMap: TranslationReading?
      if let restart = record.restart {
        restartMap = try TableWalker.walk(
          .restart(record.name), base: restart.translationTable, control: partition.translationControl, in: image,
          window: partition.hypervisor, shareable: map.places, placement: placement, budget: &budget)
      }
      let found = DomainTreeFinder.find(record.treeAddress, through: stage2, in: image)
      domains.append(
        FinishedDomain(
          record: record, stage2: stage2, restartMap: restartMap,
          dma: try dma(of: index, named: record.name, streamTables, image, partition, placement, &budget),
          tree: found.tree, treeParts: found.parts, treeFault: found.fault))
    }
    return FinishedSystem(
      memory: image, pieces: pieces, hypervisor: sections, partition: partition, hypervisorMap: map, domains: domains,
      placement: placement, streamTables: streamTables)
  }

  /// How the pages that are loaded for the hypervisor are counted.
  private static func placement(
    _ image: MemoryImage, _ pieces: [LoadedPiece], _ arrangement: HypervisorArrangement
  ) throws(VerifierError) -> PagePlacement {
    let window = pieces.first { $0.role == "hypervisor" }?.memory ?? image.segment(at: image.entry)?.memory
    guard let window else {
      throw VerifierError(
        VerifierRules.header, "\(image.name) has nothing at its entry \(image.entry.hexadecimal)",
        subjects: ["hypervisor"])
    }
    return try PagePlacement(arrangement, window: window)
  }

  /// The tables that a domain's first stream leads to; `nil` for a domain without streams. A claim sees to it that all of
  /// its streams lead there.
  private static func dma(
    of index: Int, named name: String, _ tables: [StreamTableReading], _ image: MemoryImage,
    _ partition: PartitionReading, _ placement: PagePlacement, _ budget: inout TableBudget
  ) throws(VerifierError) -> TranslationReading? {
    for table in tables {
      guard let stream = table.record.streams.first(where: { $0.domain == index }) else { continue }
      let entry = table.entry(of: stream)
      return try TableWalker.walk(
        .dma(name), base: StreamEntryBits.root(of: entry), control: StreamEntryBits.control(of: entry), in: image,
        window: partition.hypervisor, placement: placement, budget: &budget)
    }
    return nil
  }
}
