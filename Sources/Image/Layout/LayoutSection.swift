import Ownership

/// One part of the hypervisor's memory and what EL2 may do with it.
struct LayoutSection: Hashable, Sendable {
  /// What the memory holds.
  enum Kind: String, Sendable {
    case text
    case readOnlyData = "read-only data"
    case data
    case partitionTable = "partition table"
    case translationTables = "EL2 translation tables"
    case stage2Tables = "stage-2 translation tables"
    case states = "domain and CPU states"
    case stack
  }

  /// What it holds.
  let kind: Kind
  /// Whole pages, by physical address.
  let range: AddressRange

  /// Descriptor attributes of EL2's map: nothing is both writable and executable.
  var attributes: UInt64 {
    switch kind {
    case .text: Stage1Attributes.readExecute
    case .readOnlyData, .partitionTable, .translationTables, .stage2Tables: Stage1Attributes.read
    case .data, .states, .stack: Stage1Attributes.readWrite
    }
  }
}
