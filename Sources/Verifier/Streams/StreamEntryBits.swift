/// Words of a stream table entry with stage 2 alone (Arm IHI 0070F.b, 5.2).
enum StreamEntryBits {
  /// V in bit 0; Config in bits 3:1: 0b110 passes stage 1 and translates by stage 2.
  static let stage2: UInt64 = 1 | 0b110 << 1
  /// SHCFG, bits 109:108: 0b01 takes the shareability that comes in.
  static let shareability: UInt64 = 0b01 << (108 - 64)
  /// S2AA64, bit 179: tables of AArch64.
  static let longTables: UInt64 = 1 << (179 - 128)
  /// S2R, bit 186: faults are recorded; S2S, bit 185, stays 0: they do not stall.
  static let recorded: UInt64 = 1 << (186 - 128)
  /// S2T0SZ to S2PS, bits 178:160, which are laid out like VTCR_EL2 from bit 0 on.
  static let controlMask: UInt64 = 0x7_FFFF

  /// What a domain's entry has to be.
  static func words(identifier: UInt64, control: UInt64, root: UInt64) -> [UInt64] {
    [
      stage2, shareability, identifier | (control & controlMask) << (160 - 128) | longTables | recorded, root,
      0, 0, 0, 0,
    ]
  }

  /// The fields of VTCR_EL2 that an entry has.
  static func control(of words: [UInt64]) -> UInt64 { words.count > 2 ? words[2] >> 32 & controlMask : 0 }
  /// S2TTB, bits 247:196.
  static func root(of words: [UInt64]) -> UInt64 { words.count > 3 ? words[3] & 0x000F_FFFF_FFFF_FFF0 : 0 }
}
