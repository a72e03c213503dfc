import Ownership

/// One part of the hypervisor's memory, by the header, the records and the walks.
struct HypervisorPart: Hashable, Sendable {
  /// What it is.
  enum Kind: Hashable, Sendable {
    case text, readOnlyData, data, partitionTable, root, table, domainState, cpuState, deviceState, history, stack
    case guardPage, streamEntries, smmuMemory
  }

  let kind: Kind
  /// As messages name it.
  let name: String
  let range: AddressRange

  /// Whether it has to be zero where something is loaded to it.
  var isZero: Bool {
    switch kind {
    case .domainState, .cpuState, .deviceState, .history, .stack, .guardPage, .smmuMemory: true
    case .text, .readOnlyData, .data, .partitionTable, .root, .table, .streamEntries: false
    }
  }

  /// Whether it has to be loaded at all; a stack may hold anything at the start, and nobody reads a guard page.
  var isLoaded: Bool { kind != .stack && kind != .guardPage }
}
