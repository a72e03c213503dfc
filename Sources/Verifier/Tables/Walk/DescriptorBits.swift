/// Fields of a VMSAv8-64 descriptor with the 4 KiB granule and 48-bit output addresses, without FEAT_LPA2
/// (Arm DDI 0487J.a, D8.3, “VMSAv8-64 translation table format descriptors”).
enum DescriptorBits {
  /// Bits 1:0: 0b11 is a table at levels 0 to 2 and a page at level 3, 0b01 a block at levels 1 and 2; 0b01 is reserved at
  /// levels 0 and 3; with bit 0 clear the entry is invalid and bits 63:1 are ignored (D8.3.1, D8.3.2).
  static let type: UInt64 = 0b11
  static let block: UInt64 = 0b01
  static let tableOrPage: UInt64 = 0b11
  /// Bits 47:12: the next table's address, or a page's output address.
  static let address: UInt64 = 0x0000_FFFF_FFFF_F000
  /// Bit 52: one of sixteen entries in a row that a TLB may keep as one (D8.6.1, “Contiguous bit”).
  static let contiguous: UInt64 = 1 << 52
  /// Bits 49:48 of a leaf: RES0 with 48-bit output addresses.
  static let upperOutput: UInt64 = 0b11 << 48
  /// Bits 63:50 and 11:2 of a leaf, upper and lower attributes, but for the Contiguous bit.
  static let attributes: UInt64 = 0xFFEC_0000_0000_0FFC

  /// Position of the lowest input bit that a level resolves: 39, 30, 21, 12 (D8.2.6, 4 KiB granule).
  static func shift(of level: Int) -> UInt64 { UInt64(39 - 9 * level) }

  /// Bits below the output address of a leaf, down to bit 12: RES0 but for bit 16 (nT, with FEAT_BBM) in a block.
  static func belowOutput(of level: Int) -> UInt64 { ((1 << shift(of: level)) - 1) & address }
}
