import ImageFormat

/// What a domain reads from an identification register (trapped by HCR_EL2.TID3): the hardware's value with everything
/// gone that the domain may not use.
///
/// Each mask names the four-bit fields that may be seen, the lowest digit being bits 3:0; a field that a later
/// architecture defines stays hidden until someone has thought about it. Fields: Arm DDI 0487, D19.2, under each
/// register's name.
public enum IdentificationRegister {
  /// The value for a domain.
  ///
  /// - Parameters:
  ///   - index: CRm × 8 + op2 of S3_0_C0_C<CRm>_<op2>, 8 to 63.
  ///   - hardware: what the CPU itself reads.
  ///   - features: what the manifest gives the domain.
  public static func value(_ index: Int, hardware: UInt64, features: DomainFeatures) -> UInt64 {
    switch index {
    case 8...31: aarch32(index, hardware, features)
    case 32: processorFeatures0(hardware, features)
    // ID_AA64PFR1_EL1: BT, SSBS. Hidden: MTE, RAS_frac, MPAM_frac, SME, CSV2_frac, NMI, GCS and later ones.
    case 33: hardware & 0xFF
    // ID_AA64ZFR0_EL1: SVEver, AES, BitPerm, BF16, B16B16, SHA3, SM4, I8MM, F32MM, F64MM, with SVE.
    case 36: features.contains(.sve) ? hardware & 0x0FF0_FF0F_0FFF_00FF : 0
    case 40: debugFeatures0(hardware, features)
    // ID_AA64ISAR0_EL1: all but TME.
    case 48: hardware & 0xFFFF_FFFF_F0FF_FFFF
    // ID_AA64ISAR1_EL1: all but XS and LS64, which HCRX_EL2 would have to allow.
    case 49: hardware & (0x00FF_FFFF_00FF_F00F | authentication(features, 0xFF00_0FF0))
    // ID_AA64ISAR2_EL1: WFxT, RPRES, BC, CLRBHB, RPRFM, CSSC. Hidden: MOPS, the 128-bit registers.
    case 50: hardware & (0x00FF_0000_F0F0_00FF | authentication(features, 0x0F00_FF00))
    case 56: memoryModel0(hardware)
    // ID_AA64MMFR1_EL1: HAFDBS, HPDS, PAN, SpecSEI, ETS, nTLBPA. Hidden: VMIDBits, VH, LO, XNX, TWED, HCX, AFP, CMOW.
    case 57: hardware & 0x000F_00F0_0FF0_F00F
    // ID_AA64MMFR2_EL1: CnP, UAO, LSM, VARange, CCIDX, ST, AT, IDS, TTL, BBM, E0PD. Hidden: IESB, NV, FWB, EVT.
    case 58: hardware & 0xF0FF_00FF_F0FF_0FFF
    default: 0
    }
  }

  /// HCR_EL2.API and APK follow what the domain sees: APA, API, GPA and GPI of ID_AA64ISAR1_EL1, GPA3 and APA3 of
  /// ID_AA64ISAR2_EL1.
  public static func showsPointerAuthentication(isar1: UInt64, isar2: UInt64, features: DomainFeatures) -> Bool {
    features.contains(.pointerAuthentication) && (isar1 & 0xFF00_0FF0 | isar2 & 0xFF00) != 0
  }

  static func authentication(_ features: DomainFeatures, _ mask: UInt64) -> UInt64 {
    features.contains(.pointerAuthentication) ? mask : 0
  }

  /// ID_AA64PFR0_EL1: EL0, FP, AdvSIMD, DIT, CSV3; SVE if given; EL1 in AArch64 only; GIC and CSV2 no more than version 1.
  /// Hidden: EL2, EL3, RAS, SEL2, MPAM, AMU, RME.
  static func processorFeatures0(_ hardware: UInt64, _ features: DomainFeatures) -> UInt64 {
    let vectors: UInt64 = features.contains(.sve) ? 0xF << 32 : 0
    let shown = hardware & (0xFF0F_0000_0FFF_000F | vectors) | 1 << 4
    return limited(limited(shown, bit: 24, to: 1), bit: 56, to: 1)
  }

  /// ID_AA64DFR0_EL1: DebugVer and DoubleLock; breakpoints and watchpoints as they are if debug is given, and else the
  /// fewest that the architecture allows (two each, one with context); PMUVer if given. Hidden: trace, SPE, BRBE, MTPMU.
  static func debugFeatures0(_ hardware: UInt64, _ features: DomainFeatures) -> UInt64 {
    let points = features.contains(.debug) ? hardware & 0xF0F0_F000 : 1 << 12 | 1 << 20
    return hardware & 0x0000_00F0_0000_000F | points | (features.contains(.pmu) ? pmuVersion(hardware) : 0)
  }

  /// PMUVer: 0b1111, an implementation's own, counts as none, and nothing beyond FEAT_PMUv3p8 is shown, whose registers
  /// nobody has thought about.
  static func pmuVersion(_ hardware: UInt64) -> UInt64 {
    hardware & 0xF00 == 0xF00 ? 0 : limited(hardware & 0xF00, bit: 8, to: 8)
  }

  /// ID_AA64MMFR0_EL1: PARange up to 48 bits, ASIDBits, BigEnd, SNSMem, BigEndEL0, the stage-1 granules without 52-bit
  /// addresses, ExS. Hidden: the stage-2 granules, FGT, ECV.
  static func memoryModel0(_ hardware: UInt64) -> UInt64 {
    var shown = limited(hardware & 0x0000_F000_FFFF_FFFF, bit: 0, to: 5)
    shown = limited(shown, bit: 20, to: 1)
    // TGran4 is signed: 0b1111 is "not there", 1 is "with 52-bit addresses".
    if (shown >> 28) & 0xF == 1 { shown &= ~(0xF << 28) }
    return shown
  }

  /// The AArch32 registers, of use for programs at EL0.
  static func aarch32(_ index: Int, _ hardware: UInt64, _ features: DomainFeatures) -> UInt64 {
    switch index {
    // ID_PFR0_EL1: all but AMU and RAS.
    case 8: hardware & 0x0F0F_FFFF
    // ID_PFR1_EL1: ProgMod, MProgMod, GenTimer.
    case 9: hardware & 0x000F_0F0F
    // ID_DFR0_EL1: CopDbg; PerfMon if given.
    case 10: hardware & (features.contains(.pmu) ? 0x0F00_000F : 0xF)
    // ID_MMFR0_EL1 to ID_MMFR3_EL1, ID_ISAR0_EL1 to ID_ISAR6_EL1, ID_MMFR4_EL1, MVFR0_EL1 to MVFR2_EL1.
    case 12...26: hardware & 0xFFFF_FFFF
    // ID_PFR2_EL1: CSV3, SSBS. ID_MMFR5_EL1: ETS, nTLBPA.
    case 28, 30: hardware & 0xFF
    default: 0
    }
  }

  /// Replaces an unsigned field by a smaller value.
  static func limited(_ value: UInt64, bit shift: UInt64, to limit: UInt64) -> UInt64 {
    (value &>> shift) & 0xF > limit ? value & ~(0xF &<< shift) | limit &<< shift : value
  }
}
