import Board
import Partition

/// A domain whose CPUs are not all of one type.
struct MixedTypes {
  /// The domain.
  let domain: DomainDraft
  /// Its CPUs.
  var cpus: [BoardCPU] { domain.cpus.map(\.cpu) }

  /// Every such domain.
  static func all(of draft: Draft) -> [MixedTypes] {
    draft.domains.filter { Set($0.cpus.map { $0.cpu.compatible.first }).count > 1 }.map(MixedTypes.init)
  }

  /// One CPU of each type, in the manifest's order.
  var representatives: [BoardCPU] {
    var seen: Set<String?> = []
    return cpus.filter { seen.insert($0.compatible.first).inserted }
  }
}
