import Diagnostics
import ImageFormat
import Ownership
import Partition

/// Where everything lies in the hypervisor's memory, from its first address upwards:
///
/// text (read, execute) · read-only data · data with BSS, states of domains and virtual devices, histories of restarts
/// (read, write) · stream table entries, then the SMMUs' queues (read, write) · partition table with the roots of all
/// translation and stream tables (read) · for each CPU its stack and above that its state (read, write) · between them the
/// other tables.
///
/// Below every stack lies something that EL2 cannot write: the partition table below the first one, then runs of tables,
/// which EL2's own map leaves out, because only the CPUs' table walkers read them, by physical address. Only a stack for
/// which there is no run left gets a guard page of its own.
struct HypervisorLayout: Sendable {
  /// How much room each part needs, in bytes.
  struct Demand {
    /// Sizes from the runtime's header.
    let runtime: RuntimeLayout
    /// The partition table.
    let partitionTable: UInt64
    /// Size and alignment of each root: EL2's, then the domains', then those of the restart maps, those of the domains' DMA,
    /// and first-level stream tables.
    let roots: [(size: UInt64, alignment: UInt64)]
    /// The tables below each root but those of streams, in the same order.
    let tables: [UInt64]
    /// How many CPU records there are.
    let cpuCount: Int
    /// Bytes of each virtual device's state, a multiple of 64; 0 for none.
    var deviceStates: [UInt64] = []
    /// How many domains.
    let domainCount: Int
    /// How many domains restart.
    let restartCount: Int
    /// Bytes of stream table entries.
    var streamEntries: UInt64 = 0
    /// How many SMMUs EL2 programs.
    var smmuCount = 0
  }

  /// Every section in address order; guard pages are the gaps between them.
  let sections: [LayoutSection]
  /// Physical address of the first byte.
  let base: UInt64
  /// Physical address of the partition table.
  let partitionTable: UInt64
  /// Physical address of each root: EL2's, then the domains', then those of the restart maps, those of the domains' DMA, and
  /// first-level stream tables.
  let roots: [UInt64]
  /// Physical address of the first table below each root, in the same order.
  let tables: [UInt64]
  /// Physical address of each domain's state.
  let domainStates: [UInt64]
  /// Physical address of each CPU record's state, and the first address above its stack.
  let cpuStates: [UInt64]
  /// Physical address of each virtual device's state; 0 for one without.
  let deviceStates: [UInt64]
  /// Physical address of the history of each domain that restarts.
  let histories: [UInt64]
  /// Physical address of the first stream table entry.
  let streamEntries: UInt64
  /// Physical address of each SMMU's memory.
  let smmuMemory: [UInt64]
  /// Bytes that are used.
  let size: UInt64

  /// Lays out the parts one behind the other, without looking whether they fit.
  init(_ demand: Demand, base: UInt64) {
    var cursor = LayoutCursor(base: base)
    self.base = base
    cursor.take(.text, UInt64(demand.runtime.readOnlyData.lowerBound))
    cursor.take(.readOnlyData, UInt64(demand.runtime.data.lowerBound - demand.runtime.readOnlyData.lowerBound))
    let dataSize = UInt64(demand.runtime.data.count)
    let domainsSize = UInt64(demand.domainCount) * demand.runtime.domainStateSize
    let devicesSize = demand.deviceStates.reduce(0, +)
    let historiesSize = UInt64(demand.restartCount) * RestartRecord.historySize
    let states = cursor.take(.data, dataSize + domainsSize + devicesSize + historiesSize) &+ dataSize
    domainStates = (0..<demand.domainCount).map { states &+ UInt64($0) * demand.runtime.domainStateSize }
    var nextState = states &+ domainsSize
    deviceStates = demand.deviceStates.map { size in
      defer { nextState &+= size }
      return size == 0 ? 0 : nextState
    }
    histories = (0..<demand.restartCount).map {
      states &+ domainsSize &+ devicesSize &+ UInt64($0) * RestartRecord.historySize
    }
    let queues = UInt64(demand.smmuCount) * SMMUMemory.size
    streamEntries = cursor.address
    if demand.smmuCount > 0 { cursor.take(.streams, demand.streamEntries + queues) }
    smmuMemory = (0..<demand.smmuCount).map { [streamEntries] in
      streamEntries &+ demand.streamEntries &+ UInt64($0) * SMMUMemory.size
    }
    partitionTable = cursor.address
    roots = Self.place(demand.roots, behind: partitionTable &+ demand.partitionTable)
    let rootsEnd = zip(roots, demand.roots).map { $0 &+ $1.size }.max() ?? partitionTable
    cursor.take(.partitionTable, max(demand.partitionTable, rootsEnd &- partitionTable))
    (tables, cpuStates) = Self.placeTablesAndCPUs(demand, &cursor)
    size = cursor.used
    sections = cursor.sections
  }

  private static func place(_ roots: [(size: UInt64, alignment: UInt64)], behind end: UInt64) -> [UInt64] {
    var next = end
    return roots.map { root in
      let address = (next &+ root.alignment &- 1) & ~(root.alignment &- 1)
      next = address &+ root.size
      return address
    }
  }

  /// The first CPU lies behind the roots. Of the runs of tables, those that no CPU needs below its stack come next, then
  /// each CPU with what guards it.
  private static func placeTablesAndCPUs(
    _ demand: Demand, _ cursor: inout LayoutCursor
  ) -> (tables: [UInt64], cpuStates: [UInt64]) {
    let size = (demand.runtime.stackSize + demand.runtime.cpuStateSize + 4095) & ~4095
    var runs = demand.tables[...]
    var tables: [UInt64] = []
    var cpuStates: [UInt64] = []
    for index in 0..<demand.cpuCount {
      let guards = demand.cpuCount - 1 - index
      if index > 0, runs.first ?? 0 == 0 { cursor.skip(4096) }
      if index > 0, let run = runs.popFirst() { tables.append(cursor.take(.translationTables, run)) }
      cpuStates.append(cursor.take(.cpu, size) &+ size &- demand.runtime.cpuStateSize)
      while runs.count > guards, let run = runs.popFirst() { tables.append(cursor.take(.translationTables, run)) }
    }
    return (tables, cpuStates)
  }

  /// Refuses memory that is too small, and says what is needed.
  func check(fits plan: HypervisorPlan, manifest span: SourceSpan?) throws(ImageError) {
    let available = HypervisorPlacement(plan).capacity.map { $0 - 1 } ?? (plan.memory.last - plan.memory.base)
    guard size - 1 > available else { return }
    throw ImageError(
      Finding(
        ImageRules.memory, .error,
        "the hypervisor needs \(size / 1024) KiB (\(size) bytes), and its memory at \(plan.memory) is "
          + "too small for that",
        subjects: ["hypervisor"], resource: ResourceReference(.memory, plan.memory.base.hexadecimal),
        spans: [span], help: "hypervisor: { memory: \(size / 1024) KiB }"))
  }
}
