import Ownership

/// The UART that EL2 drives.
public struct HypervisorConsole: Hashable, Sendable {
  /// The node.
  public let path: String
  /// Its registers.
  public let registers: AddressRange
  /// Its interrupt, if it has one.
  public let intid: UInt32?
}
