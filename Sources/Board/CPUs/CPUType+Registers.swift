extension CPUType {
  /// The Cryptographic Extension is licensed separately: a CPU of each of these types comes with or without these.
  public static let optionalFeatures = ["aes", "pmull", "sha1", "sha2"]

  /// What the AArch64 identification registers read with everything that the type can have; those that are not named
  /// read as 0. `nil` for a type whose registers are not known here.
  ///
  /// The values are those of QEMU's models of the CPUs (target/arm/cpu64.c and target/arm/tcg/cpu64.c), which name the
  /// tables of Arm's manuals that are given here with each. QEMU has no Cortex-A73: its values are what boards read, as
  /// far as that is public, and promise no more than the A53's. The field GIC and the exception levels depend on how a
  /// CPU is built in. CSV2 and CSV3 vary with the revision.
  var registers: [IDRegister: UInt64]? {
    switch self {
    // Arm 100236, B2.2.
    case .a35: Self.armv80(mmfr0: 0x10_1122)
    // Arm DDI 0500, 4.2.1, and 100048, 4.2.
    case .a53, .a73: Self.armv80(mmfr0: 0x1122)
    // Arm DDI 0488 and 100095, 4.2.1.
    case .a57, .a72: Self.armv80(mmfr0: 0x1124)
    // Arm 100442, B2.4.
    case .a55: Self.armv82(pfr0: 0x1011_2222)
    // Arm 100798, B2.4.
    case .a76: Self.armv82(pfr0: 0x1100_0000_1011_1112)
    // Arm 100616, B2.4.
    case .neoverseN1:
      Self.armv82(pfr0: 0x1100_0000_1011_1112, pfr1: 0x20, mmfr0: 0x10_1125, dfr0: 0x1_1030_5408)
    // Arm 101779, 3.2.4.
    case .a78AE:
      [
        .pfr0: 0x1100_0000_1011_1112, .pfr1: 0x10, .dfr0: 0x1_1030_5408, .isar0: 0x0010_1000_1021_1120,
        .isar1: 0x0120_0031, .mmfr0: 0x10_1125, .mmfr1: 0x1021_2122, .mmfr2: 0x1_0000_1011,
      ]
    // Arm 101800, B.4.
    case .a710:
      [
        .pfr0: 0x1201_1111_2011_1112, .pfr1: 0x221, .dfr0: 0x11F0_1030_5619, .isar0: 0x0221_1111_1021_2120,
        .isar1: 0x0010_1111_0121_1052, .mmfr0: 0x0222_0010_1122, .mmfr1: 0x1021_2122, .mmfr2: 0x1221_0111_1010_1011,
      ]
    // Arm 101427, 3.2.4.
    case .neoverseV1:
      [
        .pfr0: 0x1101_1101_2011_1112, .pfr1: 0x20, .dfr0: 0x01F2_1030_5519, .isar0: 0x1011_1111_1021_2120,
        .isar1: 0x0011_0000_0121_1032, .mmfr0: 0x10_1125, .mmfr1: 0x1021_2122, .mmfr2: 0x0220_0111_0210_1011,
      ]
    case .a75, .a77, .a78, .x1, .a510: nil
    }
  }

  private static func armv80(mmfr0: UInt64) -> [IDRegister: UInt64] {
    [.pfr0: 0x2222, .dfr0: 0x1030_5106, .isar0: 0x1_1120, .mmfr0: mmfr0]
  }

  private static func armv82(
    pfr0: UInt64, pfr1: UInt64 = 0x10, mmfr0: UInt64 = 0x10_1122, dfr0: UInt64 = 0x1030_5408
  ) -> [IDRegister: UInt64] {
    [
      .pfr0: pfr0, .pfr1: pfr1, .dfr0: dfr0, .isar0: 0x1000_1021_1120, .isar1: 0x10_0001, .mmfr0: mmfr0,
      .mmfr1: 0x1021_2122, .mmfr2: 0x1011,
    ]
  }
}
