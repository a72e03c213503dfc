import Diagnostics
import Ownership
import Partition

extension HypervisorLayout {
  /// Refuses colours that tear apart what has to be in one piece physically: what a CPU reads of the partition table while
  /// its MMU is off, and each root, which the table walkers read by its physical address.
  ///
  /// - Parameters:
  ///   - bootSize: bytes of the partition table up to the end of its CPU records.
  ///   - roots: the tables whose roots these are, in their order.
  func checkRuns(
    _ placement: HypervisorPlacement, bootSize: Int, roots tables: [TranslationTable], _ plan: Plan
  ) throws(ImageError) {
    guard placement.isScattered else { return }
    try check(partitionTable, UInt64(bootSize), "the partition table with its CPU records", placement, plan)
    for (root, table) in zip(roots, tables) {
      try check(root, table.rootSize, "the root of a translation table", placement, plan)
      guard placement.physical(root) & (table.rootAlignment - 1) != 0 else { continue }
      throw torn("the root of a translation table", table.rootSize, plan)
    }
  }

  private func check(
    _ address: UInt64, _ size: UInt64, _ what: String, _ placement: HypervisorPlacement, _ plan: Plan
  ) throws(ImageError) {
    guard let range = AddressRange(base: address, size: size), placement.runs(of: range).count > 1 else { return }
    throw torn(what, size, plan)
  }

  private func torn(_ what: String, _ size: UInt64, _ plan: Plan) -> ImageError {
    ImageError(
      Finding(
        ImageRules.hypervisorRuns, .error,
        "\(what) takes \(size.byteCount), which have to be in one piece of memory, and the pages of the hypervisor's colours "
          + "are not", subjects: ["hypervisor.colours"], resource: ResourceReference(.colour),
        spans: [plan.manifest.hypervisor.colours.first?.span],
        help:
          "give the hypervisor neighbouring colours, `hypervisor: { colours: [0, 1] }`, and domains guest addresses below "
          + "512 GiB"))
  }
}
