import Board
import Partition

/// One CPU record of the partition table.
struct CPUAllocation: Hashable, Sendable {
  /// The CPU.
  let cpu: BoardCPU
  /// Index of its domain; `nil` for a boot CPU that belongs to none.
  let domain: Int?
  /// Its number in the domain.
  let virtualIndex: Int

  /// The CPUs of every domain, domain by domain in the domain's own order, then the boot CPU unless a domain has it.
  ///
  /// CPUs of no domain stay off: firmware never starts them, so that they need no record.
  static func all(of plan: Plan) -> [CPUAllocation] {
    var all = plan.domains.enumerated().flatMap { index, domain in
      domain.cpus.enumerated().map { CPUAllocation(cpu: $1, domain: index, virtualIndex: $0) }
    }
    if let boot = plan.board.cpus.first, !all.contains(where: { $0.cpu.index == boot.index }) {
      all.append(CPUAllocation(cpu: boot, domain: nil, virtualIndex: 0))
    }
    return all
  }
}
