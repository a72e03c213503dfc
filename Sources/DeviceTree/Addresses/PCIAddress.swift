/// The three-cell addresses of PCI buses (IEEE 1275, PCI bus binding, section 2.2.1.1): `phys.hi` holds flags and the
/// function's number, the other two cells the address.
enum PCIAddress {
  /// Configuration space, which has no place on the address map.
  static let configuration: UInt8 = 0
  /// Memory space; 64-bit memory counts as the same, because one window may serve both.
  static let memory: UInt8 = 2

  /// The address space from bits 25:24 of `phys.hi`.
  static func space(of address: UInt128) -> UInt8 {
    let code = UInt8(truncatingIfNeeded: address >> 88) & 3
    return code == 3 ? memory : code
  }

  /// The 64-bit address.
  static func offset(of address: UInt128) -> UInt128 { address & UInt128(UInt64.max) }
}
