import Board
import DeviceTree
import Ownership

/// A device that was given to a domain.
public struct DeviceAssignment: Sendable {
  /// The device.
  public let device: Device
  /// The whole pages that its registers touch, in address order; the domain sees them where they are.
  public let pages: [AddressRange]
  /// `set:` of the manifest.
  public let properties: [Property]
  /// Whether the manifest accepts DMA without an SMMU.
  public let hasUnprotectedDMA: Bool
}
