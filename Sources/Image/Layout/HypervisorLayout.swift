import Diagnostics
import ImageFormat
import Ownership
import Partition

/// Where everything lies in the hypervisor's memory, from its first address upwards:
///
/// text (read, execute) · read-only data · data with BSS (read, write) · partition table with the roots of all
/// translation tables (read) · states of domains, CPUs and virtual devices, then histories of restarts (read, write,
/// zero) · the other tables and the stacks.
///
/// Only the CPUs' table walkers read the tables below a root, by physical address: EL2's own map leaves them out. So a
/// run of tables below a stack guards it, and only stacks for which there is no run left get a guard page of their own.
/// The file ends behind the last table; stacks behind it are memory only.
struct HypervisorLayout: Sendable {
  /// How much room each part needs, in bytes.
  struct Demand {
    /// Sizes from the runtime's header.
    let runtime: RuntimeLayout
    /// The partition table.
    let partitionTable: UInt64
    /// Size and alignment of each root: EL2's, then the domains', then those of the restart maps.
    let roots: [(size: UInt64, alignment: UInt64)]
    /// The tables below each root, in the same order.
    let tables: [UInt64]
    /// How many CPU records there are.
    let cpuCount: Int
    /// Bytes of each virtual device's state, a multiple of 64; 0 for none.
    var deviceStates: [UInt64] = []
    /// How many domains.
    let domainCount: Int
    /// How many domains restart.
    let restartCount: Int
  }

  /// Every section in address order; guard pages are the gaps between them.
  let sections: [LayoutSection]
  /// Physical address of the first byte.
  let base: UInt64
  /// Physical address of the partition table.
  let partitionTable: UInt64
  /// Physical address of each root: EL2's, then the domains', then those of the restart maps.
  let roots: [UInt64]
  /// Physical address of the first table below each root, in the same order.
  let tables: [UInt64]
  /// Physical address of each domain's state.
  let domainStates: [UInt64]
  /// Physical address of each CPU record's state.
  let cpuStates: [UInt64]
  /// Physical address of each virtual device's state; 0 for one without.
  let deviceStates: [UInt64]
  /// Physical address of the history of each domain that restarts.
  let histories: [UInt64]
  /// First address above each CPU record's stack.
  let stackTops: [UInt64]
  /// Bytes that are in the file.
  let fileSize: UInt64
  /// Bytes that are used.
  let size: UInt64

  /// Lays out the parts one behind the other, without looking whether they fit.
  init(_ demand: Demand, base: UInt64) {
    var cursor = LayoutCursor(base: base)
    self.base = base
    cursor.take(.text, UInt64(demand.runtime.readOnlyData.lowerBound))
    cursor.take(.readOnlyData, UInt64(demand.runtime.data.lowerBound - demand.runtime.readOnlyData.lowerBound))
    cursor.take(.data, UInt64(demand.runtime.data.count))
    partitionTable = cursor.address
    roots = Self.place(demand.roots, behind: partitionTable &+ demand.partitionTable)
    let rootsEnd = zip(roots, demand.roots).map { $0 &+ $1.size }.max() ?? partitionTable
    cursor.take(.partitionTable, max(demand.partitionTable, rootsEnd &- partitionTable))
    let domainsSize = UInt64(demand.domainCount) * demand.runtime.domainStateSize
    let cpusSize = UInt64(demand.cpuCount) * demand.runtime.cpuStateSize
    let devicesSize = demand.deviceStates.reduce(0, +)
    let historiesSize = UInt64(demand.restartCount) * RestartRecord.historySize
    let states = cursor.take(.states, domainsSize + cpusSize + devicesSize + historiesSize)
    domainStates = (0..<demand.domainCount).map { states &+ UInt64($0) * demand.runtime.domainStateSize }
    cpuStates = (0..<demand.cpuCount).map { states &+ domainsSize &+ UInt64($0) * demand.runtime.cpuStateSize }
    var nextState = states &+ domainsSize &+ cpusSize
    deviceStates = demand.deviceStates.map { size in
      defer { nextState &+= size }
      return size == 0 ? 0 : nextState
    }
    histories = (0..<demand.restartCount).map {
      states &+ domainsSize &+ cpusSize &+ devicesSize &+ UInt64($0) * RestartRecord.historySize
    }
    (tables, stackTops, fileSize) = Self.placeTablesAndStacks(demand, &cursor)
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

  /// Runs of tables that are not followed by a stack come first, then each stack with what guards it.
  private static func placeTablesAndStacks(
    _ demand: Demand, _ cursor: inout LayoutCursor
  ) -> (tables: [UInt64], stackTops: [UInt64], fileSize: UInt64) {
    var tables: [UInt64] = []
    var stackTops: [UInt64] = []
    var fileSize = cursor.used
    let lonely = max(0, demand.tables.count - demand.cpuCount)
    for size in demand.tables.prefix(lonely) { tables.append(cursor.take(.translationTables, size)) }
    for index in 0..<demand.cpuCount {
      let run = lonely + index
      let size = run < demand.tables.count ? demand.tables[run] : 0
      if run < demand.tables.count { tables.append(cursor.take(.translationTables, size)) }
      if size > 0 { fileSize = cursor.used } else { cursor.skip(4096) }
      stackTops.append(cursor.take(.stack, demand.runtime.stackSize) &+ demand.runtime.stackSize)
    }
    return (tables, stackTops, fileSize)
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
