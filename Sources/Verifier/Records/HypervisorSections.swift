import Ownership

/// The parts of the runtime's own image in EL2's order of its pages, by its header (at offset 64 of the image; see `PartitionReading` for why the
/// offsets are written down here once more).
public struct HypervisorSections: Hashable, Sendable {
  /// Where the image runs: physical address of its first byte.
  public let base: UInt64
  /// Code, in whole pages.
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
  /// Everything that the image takes in memory, by `image_size`: stacks included. Where the hypervisor has colours, in
  /// EL2's order.
  public let memory: AddressRange
  /// The same by physical address, with what lies between its pages.
  public let loadedMemory: AddressRange
  /// `text_offset` of the arm64 Image header.
  public let textOffset: UInt64
  /// Whether `text_offset` counts from the 2 MiB below the image (flags bit 3), or else from the start of RAM.
  public let isPlacedAnywhere: Bool
}
