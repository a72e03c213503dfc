import Ownership
import Partition

/// The map that EL2 restarts a domain under: its own map, and in addition what renewing the domain needs. Nothing of that
/// is executable, and the pristine copy cannot be written.
struct RestartTable: Sendable {
  /// The tables; those of EL2's own map are shared where nothing is added.
  let table: TranslationTable

  /// Adds a domain's memory, its pristine copies and the registers of its reset steps to EL2's own map.
  init(_ domain: DomainPlan, _ restart: RestartPlan, own: Stage1Table) throws(TranslationTableError) {
    var table = TranslationTable(sharing: own.table)
    for region in domain.memory {
      try table.map(region.physical.pages, to: region.physical.pages.base, attributes: Stage1Attributes.readWrite)
    }
    for run in AddressSet(restart.copies.map(\.memory)).runs {
      try table.map(run, to: run.base, attributes: Stage1Attributes.read)
    }
    for page in restart.stepPages {
      try table.map(page, to: page.base, attributes: Stage1Attributes.device)
    }
    self.table = table
  }

  /// The last address that the restart maps of a plan need.
  static func reach(of plan: Plan) -> UInt64 {
    plan.domains.flatMap { domain -> [UInt64] in
      guard let restart = domain.restart else { return [] }
      return domain.memory.map(\.physical.last) + restart.copies.map(\.memory.last) + restart.stepPages.map(\.last)
    }.max() ?? 0
  }
}
