/// Something that EL2 emulates for one domain.
public struct VirtualDeviceRecord {
  /// `VirtualDeviceKind` raw value.
  public var kind: UInt32
  /// Index of the domain record whose device it is.
  public var domain: UInt32
  /// INTID of its line; 0 for none.
  public var intid: UInt32
  /// Index of the virtual device record that its kind leads to; `noPeer` for none.
  public var peer: UInt32
  /// Guest address of its registers, at a multiple of a page; 0 for none.
  public var base: UInt64
  /// Bytes of registers, whole pages.
  public var size: UInt64
  /// Physical address of its state, zeroed memory whose size its kind decides; 0 for a kind without.
  public var state: UInt64
  /// What its kind makes of it; otherwise 0.
  public var parameter: UInt64

  /// `peer` of a device without one.
  public static var noPeer: UInt32 { 0xFFFF_FFFF }
}

// Beside the initializer of all fields, which tests of single kinds use.
extension VirtualDeviceRecord {
  /// A device of a kind, with no state yet.
  public init(
    kind: VirtualDeviceKind, domain: UInt32, base: UInt64 = 0, size: UInt64 = 0, intid: UInt32 = 0,
    peer: UInt32 = VirtualDeviceRecord.noPeer, parameter: UInt64 = 0
  ) {
    self.init(
      kind: kind.rawValue, domain: domain, intid: intid, peer: peer, base: base, size: size, state: 0,
      parameter: parameter)
  }
}
