/// A stream table entry of an SMMUv3 whose streams have stage 2 only (Arm IHI 0070F.b, 5.2).
struct StreamTableEntry: Hashable, Sendable {
  /// Bytes of an entry.
  static let size: UInt64 = 64

  /// The eight words.
  let words: [UInt64]

  /// An entry that leads a stream to a domain's tables.
  ///
  /// - Parameters:
  ///   - root: physical address of the root of the stage-2 tables.
  ///   - control: VTCR_EL2 for the same tables: bits 18:0 are laid out like S2T0SZ, S2SL0, S2IR0, S2OR0, S2SH0, S2TG and S2PS.
  ///   - identifier: the VMID.
  init(root: UInt64, control: UInt64, identifier: UInt64) {
    words =
      [Self.translated, Self.incomingShareability, identifier | (control & 0x7_FFFF) << 32 | Self.recorded, root]
      + Array(repeating: 0, count: 4)
  }

  /// V (bit 0), and Config (bits 3:1) 0b110: stage 1 bypass, stage 2 translate.
  private static let translated: UInt64 = 0b110 << 1 | 1
  /// SHCFG (bits 109:108) 0b01: the incoming shareability. EATS (bits 93:92) 0b00: no translated transactions of ATS.
  private static let incomingShareability: UInt64 = 0b01 << 44
  /// S2AA64 (bit 179), and S2R (bit 186): a fault is recorded, and with S2S (bit 185) clear the transaction ends.
  private static let recorded: UInt64 = 1 << 51 | 1 << 58
}
