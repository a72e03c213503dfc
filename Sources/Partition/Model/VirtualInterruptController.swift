import Board
import Ownership

/// The GIC that a domain sees, at the board's own addresses: emulated, but for a GICv2's CPU interface.
public struct VirtualInterruptController: Hashable, Sendable {
  /// Which architecture version: the board's.
  public let version: InterruptController.Version
  /// Guest address of the distributor, 64 KiB, or 4 KiB on a GICv2.
  public let distributor: AddressRange
  /// GICv3: guest addresses of the redistributors, 128 KiB for each CPU of the domain, in the domain's CPU order.
  public let redistributors: AddressRange?
  /// GICv2: the CPU interface, 8 KiB. The domain sees the hardware's virtual CPU interface (GICV) where the board has the
  /// physical one (GICC).
  public let cpuInterface: MemoryRegion?

  /// Everything that the domain sees of it.
  public var windows: [AddressRange] { [distributor] + [redistributors, cpuInterface?.guest].compactMap { $0 } }
}
