/// The virtual PL011 of a domain.
public struct VirtualConsole: Hashable, Sendable {
  /// Guest address of its one 4 KiB page of registers.
  public let base: UInt64
  /// Its interrupt as an INTID (an SPI of the domain's virtual GIC).
  public let intid: UInt32
}
