import DeviceTree
import Ownership

/// A node of the tree that could be given to a domain.
public struct Device: Hashable, Sendable {
  /// The node's path.
  public let path: String
  /// `compatible`, most specific first.
  public let compatible: [String]
  /// Whether the node and every ancestor are okay.
  public let isEnabled: Bool
  /// Registers by CPU physical address, in the order of `reg`.
  public let registers: [AddressRange]
  /// Interrupts that end at the GIC, in the order of the tree.
  public let interrupts: [ResolvedInterrupt]
  /// DMA streams: which SMMU and which stream, own or inherited from a wrapper.
  public let streams: [DMAStream]
  /// Whether the device may start DMA: true unless its `compatible` is in the table of devices known not to.
  public let isDMAMaster: Bool
}
