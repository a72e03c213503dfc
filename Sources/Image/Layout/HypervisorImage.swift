import Diagnostics
import ImageFormat
import Ownership
import Partition

/// The hypervisor with its tables, ready to be loaded at its final address: the contents of `hypervisor.img`.
struct HypervisorImage: Sendable {
  /// Where everything lies.
  let layout: HypervisorLayout
  /// EL2's own map.
  let stage1: Stage1Table
  /// The domains' maps, in their order.
  let stage2: [Stage2Table]
  /// The maps under which domains restart, in the order of those that do.
  let restarts: [RestartTable]
  /// What SMMUs read.
  let streams: StreamTables
  /// Where its addresses are in physical memory.
  let placement: HypervisorPlacement
  /// The bytes from the hypervisor's first address to its last, by EL2's addresses.
  let bytes: [UInt8]

  /// Lays out, maps, writes and patches.
  init(plan: Plan, runtime: Runtime) throws(ImageError) {
    try PlanLimits.check(plan)
    let hardware = try HardwareParameters(plan)
    let cpus = CPUAllocation.all(of: plan)
    placement = HypervisorPlacement(plan.hypervisor)
    let writer = PartitionTableWriter(
      plan: plan, cpus: cpus, devices: VirtualDeviceAllocation.all(of: plan), hardware: hardware)
    stage2 = try plan.domains.map { domain throws(ImageError) in
      try Self.stage2(domain, plan, hardware) { () throws(TranslationTableError) in
        try Stage2Table(domain, channels: plan.channels, addressSize: hardware.addressSize)
      }
    }
    streams = try Self.streams(plan, hardware)
    (layout, stage1, restarts) = try Self.layout(plan, runtime, stage2, streams, writer, hardware, placement)
    try layout.check(fits: plan.hypervisor, manifest: plan.manifest.hypervisor.memory?.span)
    let maps = [stage1.table] + stage2.map(\.table) + restarts.map(\.table) + streams.domains.map(\.table.table)
    try layout.checkRuns(placement, bootSize: writer.bootSize, roots: maps, plan)
    let table = try writer.bytes(
      layout: layout, placement: placement, stage1: stage1, stage2: stage2, streams: streams)
    bytes = try Self.assemble(plan, runtime, layout, placement, maps, streams, table)
  }

  private static func streams(_ plan: Plan, _ hardware: HardwareParameters) throws(ImageError) -> StreamTables {
    var tables: [StreamTables.DomainTable] = []
    for index in StreamTables.domains(of: plan) {
      let domain = plan.domains[index]
      let table = try stage2(domain, plan, hardware) { () throws(TranslationTableError) in
        try Stage2Table(dmaOf: domain, addressSize: hardware.addressSize)
      }
      tables.append(StreamTables.DomainTable(domain: index, table: table))
    }
    return StreamTables(plan, domains: tables)
  }

  private static func stage2(
    _ domain: DomainPlan, _ plan: Plan, _ hardware: HardwareParameters,
    _ make: () throws(TranslationTableError) -> Stage2Table
  ) throws(ImageError) -> Stage2Table {
    let table: Stage2Table
    do throws(TranslationTableError) {
      table = try make()
    } catch {
      throw unmappable("domain \(domain.name)", error, domain)
    }
    guard table.inputBits <= hardware.addressSize.bits else {
      throw ImageError(
        Finding(
          ImageRules.addressSize, .error,
          "domain \(domain.name) has guest addresses of \(table.inputBits) bits, and the CPUs of board "
            + "\(plan.board.name) have \(hardware.addressSize.bits) physical address bits",
          subjects: ["domains.\(domain.name)"], domains: [domain.name], spans: [domain.declaration.span],
          help: "choose guest: addresses below \((UInt64(1) << UInt64(hardware.addressSize.bits)).hexadecimal)"))
    }
    return table
  }

  /// The length of EL2's tables decides where what follows them lies, and that in turn how many tables there are: more
  /// room never needs fewer tables, so growing from none ends at the smallest number that is enough.
  private static func layout(
    _ plan: Plan, _ runtime: Runtime, _ stage2: [Stage2Table], _ streams: StreamTables,
    _ writer: PartitionTableWriter, _ hardware: HardwareParameters, _ placement: HypervisorPlacement
  ) throws(ImageError) -> (HypervisorLayout, Stage1Table, [RestartTable]) {
    let restarting = plan.domains.compactMap { domain in domain.restart.map { (domain, $0) } }
    let reach = RestartTable.reach(of: plan)
    var tablesSizes = [UInt64](repeating: 0, count: 1 + restarting.count)
    var rootBits = 32
    do throws(TranslationTableError) {
      while true {
        let root = TranslationTable(startLevel: rootBits <= 39 ? 1 : 0, inputBits: rootBits)
        let restartRoots = restarting.map { _ in root }
        let roots = [root] + stage2.map(\.table) + restartRoots
        let demand = HypervisorLayout.Demand(
          runtime: runtime.header, partitionTable: UInt64(writer.size),
          roots: roots.map { ($0.rootSize, $0.rootAlignment) } + streams.roots,
          tables: tablesSizes.prefix(1) + stage2.map(\.table.tablesSize) + tablesSizes.dropFirst()
            + streams.domains.map(\.table.table.tablesSize),
          cpuCount: writer.cpus.count, deviceStates: writer.devices.map(\.kind.stateSize),
          domainCount: plan.domains.count, restartCount: restarting.count, streamEntries: streams.entriesSize,
          smmuCount: streams.smmus.count)
        let layout = HypervisorLayout(demand, base: plan.hypervisor.memory.base)
        let stage1 = try Stage1Table(
          sections: layout.sections, devices: AddressSet(plan.hypervisor.devices).runs,
          health: plan.healthPage, placement: placement, addressSize: hardware.addressSize, reach: reach)
        let restarts = try restarting.map { domain, restart throws(TranslationTableError) in
          try RestartTable(domain, restart, own: stage1)
        }
        let sizes = [stage1.table.tablesSize] + restarts.map(\.table.tablesSize)
        if sizes.elementsEqual(tablesSizes, by: <=), stage1.table.inputBits <= rootBits {
          return (layout, stage1, restarts)
        }
        tablesSizes = zip(tablesSizes, sizes).map(max)
        rootBits = max(rootBits, stage1.table.inputBits)
      }
    } catch {
      throw unmappable("the hypervisor", error, nil)
    }
  }

  private static func assemble(
    _ plan: Plan, _ runtime: Runtime, _ layout: HypervisorLayout, _ placement: HypervisorPlacement,
    _ maps: [TranslationTable], _ streams: StreamTables, _ partitionTable: [UInt8]
  ) throws(ImageError) -> [UInt8] {
    var bytes = runtime.image(at: layout.base)
    func place(_ contents: [UInt8], at address: UInt64) {
      bytes.pad(to: Int(address - layout.base))
      bytes += contents
    }
    if !streams.smmus.isEmpty { place(streams.entryBytes(in: layout), at: layout.streamEntries) }
    place(partitionTable, at: layout.partitionTable)
    let all = zip(maps, zip(layout.roots, layout.tables))
    // The restart maps share EL2's own tables, which are the first; no other map shares any.
    let shared = layout.tables[0]
    for (table, (root, tables)) in all { place(table.rootBytes(tablesAt: tables, shared: shared, placement), at: root) }
    for (address, level) in streams.firstLevels(in: layout) { place(level, at: address) }
    for (table, (_, tables)) in all { place(table.tableBytes(at: tables, shared: shared, placement), at: tables) }
    bytes.pad(to: Int(layout.size))
    let loadedFrom = plan.board.description.imageBase ?? (layout.base & ~((2 << 20) - 1))
    guard layout.base >= loadedFrom else {
      throw ImageError(
        Finding(
          ImageRules.placement, .error,
          "the hypervisor's memory starts at \(layout.base.hexadecimal), below \(loadedFrom.hexadecimal), "
            + "from where this board's boot loader places an image", subjects: ["hypervisor"],
          resource: ResourceReference(.memory, layout.base.hexadecimal)))
    }
    patch(
      &bytes, layout, placement, textOffset: layout.base - loadedFrom,
      isFromRAM: plan.board.description.imageBase != nil)
    return bytes
  }

  /// arm64 Image header (Linux, Documentation/arch/arm64/booting.rst): text_offset at 8, image_size at 16, flags at 24:
  /// bit 0 little-endian, bits 2:1 0b01 for 4 KiB pages, bit 3 clear where text_offset counts from the start of RAM (a
  /// boot loader then moves the image there), set where it counts from the 2 MiB below the image.
  private static func patch(
    _ bytes: inout [UInt8], _ layout: HypervisorLayout, _ placement: HypervisorPlacement, textOffset: UInt64,
    isFromRAM: Bool
  ) {
    let fields: [(Int, UInt64)] = [
      (8, textOffset), (16, placement.extent(of: layout.size)), (24, isFromRAM ? 0b0010 : 0b1010),
      (RuntimeLayout.partitionTableOffset, layout.partitionTable), (RuntimeLayout.imageBaseOffset, layout.base),
      (RuntimeLayout.physicalTableOffset, placement.physical(layout.partitionTable)),
    ]
    for (offset, value) in fields { _ = bytes.store(littleEndian: value, at: offset) }
  }

  private static func unmappable(_ who: String, _ error: TranslationTableError, _ domain: DomainPlan?) -> ImageError {
    ImageError(
      Finding(
        ImageRules.tables, .error, "the translation tables of \(who) cannot be made: \(error.words)",
        subjects: [domain.map { "domains.\($0.name)" } ?? "hypervisor"], domains: domain.map { [$0.name] } ?? [],
        spans: [domain?.declaration.span]))
  }
}
