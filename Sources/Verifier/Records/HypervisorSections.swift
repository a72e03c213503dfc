import Ownership

/// The parts of the runtime's own image, by its header (at offset 64 of the image; see `PartitionReading` for why the
/// offsets are written down here once more).
public struct HypervisorSections: Hashable, Sendable {
  /// Code.
  public let text: AddressRange
  /// Constants.
  public let readOnlyData: AddressRange
  /// Variables.
  public let data: AddressRange
  /// Physical address of the partition table.
  public let partitionTable: UInt64
  /// Bytes of stack that each CPU has.
  public let stackSize: UInt64
  /// Bytes of state that each CPU has.
  public let cpuStateSize: UInt64
  /// Bytes of state that each domain has.
  public let domainStateSize: UInt64
}
