import Diagnostics
import Ownership
import Partition

/// Where everything lies in the hypervisor's memory, from its first address upwards:
///
/// text (read, execute) · read-only data · data with BSS (read, write) · partition table, EL2's tables, stage-2 tables
/// (read) · domain states, then CPU states (read, write, zero) · for each CPU record a guard page and a stack.
///
/// The file ends behind the states: stacks and guard pages are memory only.
struct HypervisorLayout: Sendable {
  /// How much room each part needs, in bytes.
  struct Demand {
    /// Sizes from the runtime's header.
    let runtime: RuntimeLayout
    /// The partition table.
    let partitionTable: UInt64
    /// EL2's own tables.
    let translationTables: UInt64
    /// The stage-2 tables of each domain: size and alignment.
    let stage2Tables: [(size: UInt64, alignment: UInt64)]
    /// How many CPU records there are.
    let cpuCount: Int
  }

  /// Every section in address order; guard pages are the gaps between them.
  let sections: [LayoutSection]
  /// Physical address of the first byte.
  let base: UInt64
  /// Physical address of the partition table.
  let partitionTable: UInt64
  /// Physical address of EL2's first table.
  let translationTables: UInt64
  /// Physical address of each domain's first stage-2 table.
  let stage2Tables: [UInt64]
  /// Physical address of each domain's state.
  let domainStates: [UInt64]
  /// Physical address of each CPU record's state.
  let cpuStates: [UInt64]
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
    partitionTable = cursor.take(.partitionTable, demand.partitionTable)
    translationTables = cursor.take(.translationTables, demand.translationTables)
    stage2Tables = demand.stage2Tables.map { table in
      cursor.align(to: table.alignment)
      return cursor.take(.stage2Tables, table.size)
    }
    let domainCount = demand.stage2Tables.count
    let domainsSize = UInt64(domainCount) * demand.runtime.domainStateSize
    let states = cursor.take(.states, domainsSize + UInt64(demand.cpuCount) * demand.runtime.cpuStateSize)
    domainStates = (0..<domainCount).map { states &+ UInt64($0) * demand.runtime.domainStateSize }
    cpuStates = (0..<demand.cpuCount).map { states &+ domainsSize &+ UInt64($0) * demand.runtime.cpuStateSize }
    fileSize = cursor.used
    stackTops = (0..<demand.cpuCount).map { _ in
      cursor.skip(4096)
      return cursor.take(.stack, demand.runtime.stackSize) &+ demand.runtime.stackSize
    }
    size = cursor.used
    sections = cursor.sections
  }

  /// Refuses memory that is too small, and says what is needed.
  func check(fits plan: HypervisorPlan, manifest span: SourceSpan?) throws(ImageError) {
    let available = plan.memory.last - plan.memory.base
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
