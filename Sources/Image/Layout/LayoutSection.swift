import Ownership

/// One part of the hypervisor's memory and what EL2 may do with it.
struct LayoutSection: Hashable, Sendable {
  /// What the memory holds.
  enum Kind: String, Sendable {
    case text
    case readOnlyData = "read-only data"
    case data = "data and states of all but CPUs"
    case partitionTable = "partition table and roots of translation tables"
    case translationTables = "translation tables"
    case streams = "stream table entries and queues of SMMUs"
    case cpu = "stack and state of a CPU"
  }

  /// What it holds.
  let kind: Kind
  /// Whole pages, by physical address.
  let range: AddressRange

  /// Descriptor attributes of EL2's map, `nil` for what it leaves out: nothing is both writable and executable.
  var attributes: UInt64? {
    switch kind {
    case .text: Stage1Attributes.readExecute
    case .readOnlyData, .partitionTable: Stage1Attributes.read
    case .translationTables: nil
    case .data, .streams, .cpu: Stage1Attributes.readWrite
    }
  }
}
