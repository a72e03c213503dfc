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

  /// Makes an SMMU.
  public init(
    path: String, version: Version, isEnabled: Bool, registers: [AddressRange], streamMatchMask: UInt32
  ) {
    self.path = path
    self.version = version
    self.isEnabled = isEnabled
    self.registers = registers
    self.streamMatchMask = streamMatchMask
  }
}
