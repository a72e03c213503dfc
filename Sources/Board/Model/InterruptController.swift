import Ownership

/// The board's GIC.
public struct InterruptController: Hashable, Sendable {
  /// Which architecture version.
  public enum Version: Int, Sendable {
    case two = 2
    case three = 3
  }

  /// The node.
  public let path: String
  /// The architecture version (GICv4 counts as 3).
  public let version: Version
  /// The distributor's registers.
  public let distributor: AddressRange
  /// GICv3: the redistributor regions in the tree's order; empty on GICv2.
  public let redistributors: [AddressRange]
  /// GICv3: bytes from one redistributor to the next (0x20000 unless the tree says otherwise).
  public let redistributorStride: UInt64
  /// GICv2: the physical CPU interface.
  public let cpuInterface: AddressRange?
  /// GICv2: the hypervisor control interface (GICH).
  public let hypervisorInterface: AddressRange?
  /// GICv2: the virtual CPU interface (GICV).
  public let virtualCPUInterface: AddressRange?
  /// INTID of the maintenance interrupt, where the tree gives it.
  public let maintenanceINTID: UInt32?
  /// Every register window that belongs to the GIC with its ITS and MSI frames: never assignable.
  public let windows: [AddressRange]
  /// Paths of the GIC and every node below it (ITS, v2m frames).
  public let paths: [String]

  /// Makes a GIC.
  public init(
    path: String, version: Version, distributor: AddressRange, redistributors: [AddressRange],
    redistributorStride: UInt64, cpuInterface: AddressRange?, hypervisorInterface: AddressRange?,
    virtualCPUInterface: AddressRange?, maintenanceINTID: UInt32?, windows: [AddressRange], paths: [String]
  ) {
    self.path = path
    self.version = version
    self.distributor = distributor
    self.redistributors = redistributors
    self.redistributorStride = redistributorStride
    self.cpuInterface = cpuInterface
    self.hypervisorInterface = hypervisorInterface
    self.virtualCPUInterface = virtualCPUInterface
    self.maintenanceINTID = maintenanceINTID
    self.windows = windows
    self.paths = paths
  }
}
