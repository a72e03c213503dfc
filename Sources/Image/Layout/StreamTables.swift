import Partition

/// Everything that SMMUs read: for each domain with devices behind one the tables of their DMA, and for each SMMU its
/// stream table.
struct StreamTables: Sendable {
  /// One domain's DMA.
  struct DomainTable: Sendable {
    /// Position of the domain.
    let domain: Int
    /// Its tables.
    let table: Stage2Table
  }

  /// The domains' tables, in their order.
  let domains: [DomainTable]
  /// The SMMUs' tables, in the plan's order.
  let smmus: [StreamTable]

  /// Position of the first of `roots` in the layout: behind EL2's, the domains' and those of the restart maps.
  private let firstRoot: Int

  /// Lays out the stream tables of a plan, with the domains' tables that they lead to.
  init(_ plan: Plan, domains: [DomainTable]) {
    self.domains = domains
    firstRoot = 1 + plan.domains.count + plan.domains.filter { $0.restart != nil }.count
    smmus = plan.smmus.map(StreamTable.init)
  }

  /// Positions of the domains with a stream, ascending.
  static func domains(of plan: Plan) -> [Int] { Set(plan.smmus.flatMap(\.streams).map(\.domain)).sorted() }

  /// Size and alignment of each root: the domains' tables, then the stream tables that have two levels.
  var roots: [(size: UInt64, alignment: UInt64)] {
    domains.map { ($0.table.table.rootSize, $0.table.table.rootAlignment) }
      + twoLevel.map { ($0.table.rootSize, $0.table.rootAlignment) }
  }

  /// Bytes of all stream table entries.
  var entriesSize: UInt64 { smmus.map(\.entriesSize).reduce(0, +) }

  /// The stream tables with a first level, and their places among the SMMUs.
  private var twoLevel: [(index: Int, table: StreamTable)] {
    smmus.enumerated().filter { $0.element.rootSize > 0 }.map { ($0.offset, $0.element) }
  }

  /// Physical address of an SMMU's first entry.
  func entries(of smmu: Int, in layout: HypervisorLayout) -> UInt64 {
    layout.streamEntries + smmus.prefix(smmu).map(\.entriesSize).reduce(0, +)
  }

  /// Physical address of an SMMU's stream table: its first level, or its entries.
  func streamTable(of smmu: Int, in layout: HypervisorLayout) -> UInt64 {
    guard let position = twoLevel.firstIndex(where: { $0.index == smmu }) else { return entries(of: smmu, in: layout) }
    return layout.roots[firstRoot + domains.count + position]
  }

  /// The first levels, each with its address, in the order of `roots`.
  func firstLevels(in layout: HypervisorLayout) -> [(address: UInt64, bytes: [UInt8])] {
    twoLevel.map { index, table in
      (
        streamTable(of: index, in: layout),
        table.rootBytes(entriesAt: entries(of: index, in: layout))
      )
    }
  }

  /// All stream table entries, as they stand from `layout.streamEntries` on.
  func entryBytes(in layout: HypervisorLayout) -> [UInt8] {
    let entries = domains.enumerated().map { position, domain in
      let entry = StreamTableEntry(
        root: layout.roots[firstRoot + position], control: domain.table.control,
        identifier: UInt64(domain.domain + 1))
      return (domain.domain, entry)
    }
    let byDomain = Dictionary(entries, uniquingKeysWith: { first, _ in first })
    return smmus.flatMap { smmu in
      // Every domain with a stream has tables.
      smmu.entryBytes { byDomain[$0] ?? StreamTableEntry(root: 0, control: 0, identifier: 0) }
    }
  }
}
