import Ownership
import Partition

/// A place in RAM for something that is there only until the hypervisor starts.
enum FreePlace {
  /// The lowest free place for `size` bytes at a multiple of 2 MiB: in memory of nobody if there is one, else in a
  /// domain's, beside every piece. `kept` is what has to stay free besides.
  static func lowest(size: UInt64, plan: Plan, pieces: [Piece], kept: [AddressRange] = []) -> UInt64? {
    guard size > 0 else { return nil }
    let description = plan.board.description
    let start = description.imageBase ?? 0
    // Boot loaders keep the very start of RAM for themselves, as for the hypervisor's own image.
    let first = AddressRange(base: start, size: Granule.block2MiB)
    let taken =
      kept + pieces.map(\.memory) + plan.channels.map(\.memory) + description.loaderRanges
      + plan.board.reservedMemory.compactMap(\.range) + plan.manifest.reserved.map(\.range.value)
      + [plan.hypervisor.memory] + [first].compactMap { $0 }
    let domains = plan.domains.flatMap { $0.memory + $0.reservedMemory }.map(\.reach)
    for unfree in [taken + domains, taken] {
      for run in AddressSet(plan.ram).subtracting(AddressSet(unfree)).runs {
        guard let base = run.base.roundedUp(to: Granule.block2MiB), base >= start, base <= run.last,
          size - 1 <= run.last - base
        else { continue }
        return base
      }
    }
    return nil
  }
}
