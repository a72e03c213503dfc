import Ownership

/// The GICv3 that a domain sees: emulated, at the board's own addresses.
public struct VirtualInterruptController: Hashable, Sendable {
  /// Guest address of the distributor, 64 KiB.
  public let distributor: AddressRange
  /// Guest addresses of the redistributors, 128 KiB for each CPU of the domain, in the domain's CPU order.
  public let redistributors: AddressRange
}
