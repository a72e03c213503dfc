/// The registers that decide over translation, and what they have to be (Arm DDI 0487J.a, D19.2; Non-secure state,
/// HCR_EL2.E2H = 0).
enum TranslationRegisters {
  /// D19.2.144. Bits 23 and 31 are RES1 in this form of the register.
  static let tcr = RegisterLayout(
    name: "TCR_EL2",
    fields: [
      .init(name: "T0SZ", bits: 0...5), .init(name: "IRGN0", bits: 8...9), .init(name: "ORGN0", bits: 10...11),
      .init(name: "SH0", bits: 12...13), .init(name: "TG0", bits: 14...15), .init(name: "PS", bits: 16...18),
      .init(name: "TBI", bits: 20...20), .init(name: "HA", bits: 21...21), .init(name: "HD", bits: 22...22),
      .init(name: "HPD", bits: 24...24), .init(name: "HWU", bits: 25...28), .init(name: "TBID", bits: 29...29),
      .init(name: "TCMA", bits: 30...30), .init(name: "DS", bits: 32...32),
    ])
  /// D19.2.165. Bit 31 is RES1.
  static let vtcr = RegisterLayout(
    name: "VTCR_EL2",
    fields: [
      .init(name: "T0SZ", bits: 0...5), .init(name: "SL0", bits: 6...7), .init(name: "IRGN0", bits: 8...9),
      .init(name: "ORGN0", bits: 10...11), .init(name: "SH0", bits: 12...13), .init(name: "TG0", bits: 14...15),
      .init(name: "PS", bits: 16...18), .init(name: "VS", bits: 19...19), .init(name: "HA", bits: 21...21),
      .init(name: "HD", bits: 22...22), .init(name: "HWU", bits: 25...28), .init(name: "NSW", bits: 29...29),
      .init(name: "NSA", bits: 30...30), .init(name: "DS", bits: 32...32), .init(name: "SL2", bits: 33...33),
    ])
  /// D19.2.166: VMID of 8 bits as VTCR_EL2.VS is 0, so that bits 63:56 are RES0; CnP (FEAT_TTCNP) says that other CPUs
  /// have the same tables, which nobody promises.
  static let vttbr = RegisterLayout(
    name: "VTTBR_EL2",
    fields: [
      .init(name: "CnP", bits: 0...0), .init(name: "BADDR", bits: 1...47), .init(name: "VMID", bits: 48...55),
    ])
  /// D19.2.149: no ASID where HCR_EL2.E2H is 0.
  static let ttbr = RegisterLayout(
    name: "TTBR0_EL2", fields: [.init(name: "CnP", bits: 0...0), .init(name: "BADDR", bits: 1...47)])
  /// D19.2.97.
  static let mair = RegisterLayout(
    name: "MAIR_EL2",
    fields: (0..<8).map { .init(name: "Attr\($0)", bits: UInt64($0 * 8)...UInt64($0 * 8 + 7)) })

  /// Attr0 Device-nGnRnE (0b0000_0000), Attr1 Device-nGnRE (0b0000_0100), Attr2 Normal, Inner and Outer Write-Back
  /// non-transient with read and write allocation (0b1111_1111), Attr3 Normal Non-cacheable (0b0100_0100); the others
  /// are unused.
  static let memoryAttributes: UInt64 = 0x00 | 0x04 << 8 | 0xFF << 16 | 0x44 << 24

  /// TCR_EL2: walks are Inner and Outer Write-Back with allocation (IRGN0, ORGN0 0b01) and Inner Shareable (SH0 0b11),
  /// the granule is 4 KiB (TG0 0b00), no flag is updated by hardware (HA, HD 0), the top byte counts (TBI 0).
  static func tcr(inputBits: Int, outputSize: UInt64) -> UInt64 {
    walks(inputBits: inputBits, outputSize: outputSize) | 1 << 23 | 1 << 31
  }

  /// VTCR_EL2: the same, VMIDs of 8 bits (VS 0), and SL0 0b01 for a first lookup at level 1, 0b10 at level 0.
  static func vtcr(inputBits: Int, startLevel: Int, outputSize: UInt64) -> UInt64 {
    walks(inputBits: inputBits, outputSize: outputSize) | (startLevel == 0 ? 0b10 : 0b01) << 6 | 1 << 31
  }

  private static func walks(inputBits: Int, outputSize: UInt64) -> UInt64 {
    UInt64(64 - inputBits) | 0b01 << 8 | 0b01 << 10 | 0b11 << 12 | outputSize << 16
  }

  /// Bits of an input address that suffice: those of the last one that is mapped, and 32 at least.
  static func inputBits(of reading: TranslationReading) -> Int {
    let last = reading.runs.last?.input.last ?? 0
    return min(48, max(32, UInt64.bitWidth - last.leadingZeroBitCount))
  }

  /// The value of PS for the most physical address bits that PS can say and a board has.
  static func outputSize(of bits: Int) -> UInt64 {
    UInt64(WalkControls.outputSizes.lastIndex { $0 <= bits } ?? 0)
  }
}
