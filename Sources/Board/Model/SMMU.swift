import DeviceTree
import Ownership

/// An Arm system MMU: what keeps a device's DMA inside its domain. Vendors' own IOMMUs are devices like any other.
public struct SMMU: Hashable, Sendable {
  /// Which architecture.
  public enum Version: Int, Sendable {
    case two = 2
    case three = 3
  }

  /// The node.
  public let path: String
  /// The architecture version (MMU-400, MMU-401 and MMU-500 are version 2).
  public let version: Version
  /// Whether the node and every ancestor are okay.
  public let isEnabled: Bool
  /// Registers by CPU physical address.
  public let registers: [AddressRange]
  /// `stream-match-mask` (bits of a stream id that do not count), 0 without one.
  public let streamMatchMask: UInt32
  /// Whether its own accesses to tables and queues see the CPUs' caches (`dma-coherent`).
  public let isCoherent: Bool
  /// Version 3: the line that tells of events, `eventq` or `combined` of `interrupt-names`; nil where the tree has none
  /// that ends at the GIC.
  public let eventInterrupt: ResolvedInterrupt?
  /// Version 3: the line that tells of global errors, `gerror` or `combined`; nil as above.
  public let errorInterrupt: ResolvedInterrupt?

  /// Makes an SMMU.
  public init(
    path: String, version: Version, isEnabled: Bool, registers: [AddressRange], streamMatchMask: UInt32,
    isCoherent: Bool = false, eventInterrupt: ResolvedInterrupt? = nil, errorInterrupt: ResolvedInterrupt? = nil
  ) {
    self.path = path
    self.version = version
    self.isEnabled = isEnabled
    self.registers = registers
    self.streamMatchMask = streamMatchMask
    self.isCoherent = isCoherent
    self.eventInterrupt = eventInterrupt
    self.errorInterrupt = errorInterrupt
  }
}
