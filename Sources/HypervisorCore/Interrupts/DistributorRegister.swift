/// A register of a GICv3 distributor or of a redistributor's SGI frame, where both have it at the same place
/// (Arm IHI 0069, 12.8 and 12.10), or of a GICv2 distributor, where the SGIs and PPIs are those of the CPU that looks
/// (Arm IHI 0048, 4.3).
public enum DistributorRegister {
  /// GICD_CTLR.
  public static var control: UInt32 { 0x0000 }
  /// GICD_TYPER.
  public static var type: UInt32 { 0x0004 }
  /// GICD_IIDR.
  public static var implementer: UInt32 { 0x0008 }
  /// IGROUPR.
  public static var group: UInt32 { 0x0080 }
  /// ISENABLER.
  public static var setEnable: UInt32 { 0x0100 }
  /// ICENABLER.
  public static var clearEnable: UInt32 { 0x0180 }
  /// ISPENDR.
  public static var setPending: UInt32 { 0x0200 }
  /// ICPENDR.
  public static var clearPending: UInt32 { 0x0280 }
  /// ISACTIVER.
  public static var setActive: UInt32 { 0x0300 }
  /// ICACTIVER.
  public static var clearActive: UInt32 { 0x0380 }
  /// IPRIORITYR.
  public static var priority: UInt32 { 0x0400 }
  /// GICv2: GICD_ITARGETSR, a byte a line with a bit for each CPU interface.
  public static var targets: UInt32 { 0x0800 }
  /// ICFGR.
  public static var configuration: UInt32 { 0x0C00 }
  /// IGRPMODR.
  public static var groupModifier: UInt32 { 0x0D00 }
  /// GICv2: GICD_SGIR.
  public static var softwareInterrupt: UInt32 { 0x0F00 }
  /// GICv2: GICD_CPENDSGIR, a byte an SGI with a bit for each sender.
  public static var clearSenders: UInt32 { 0x0F10 }
  /// GICv2: GICD_SPENDSGIR.
  public static var setSenders: UInt32 { 0x0F20 }
  /// IROUTER of INTID 0; the first that exists is that of INTID 32.
  public static var route: UInt32 { 0x6000 }
  /// PIDR2: the architecture's version in bits 7:4; on a GICv2 in the last words of its only page, at 0xFE8.
  public static var peripheralID2: UInt32 { 0xFFE8 }

  /// GICR_CTLR, in the RD frame.
  public static var redistributorControl: UInt32 { 0x0000 }
  /// GICR_IIDR, in the RD frame.
  public static var redistributorImplementer: UInt32 { 0x0004 }
  /// GICR_TYPER, in the RD frame.
  public static var redistributorType: UInt32 { 0x0008 }
  /// GICR_WAKER, in the RD frame.
  public static var waker: UInt32 { 0x0014 }
  /// Where the SGI frame starts, behind the RD frame.
  public static var interruptFrame: UInt32 { 0x1_0000 }
  /// From one redistributor to the next.
  public static var redistributorStride: UInt32 { 0x2_0000 }

  /// What IIDR of every virtual part shows: ProductID 'B', Implementer Arm (0x43B).
  static var implementerValue: UInt64 { 0x4200_043B }

  /// The identification registers that end every frame: GICv3 in PIDR2, and the component identifiers.
  static func identification(_ offset: UInt32) -> UInt64 {
    switch offset {
    case peripheralID2: 0x3B
    case 0xFFF0: 0x0D
    case 0xFFF4: 0xF0
    case 0xFFF8: 0x05
    case 0xFFFC: 0xB1
    default: 0
    }
  }

  /// The identification registers of a GICv2 (Arm IHI 0048, 4.3.18), at the end of its only page.
  static func identification(gicv2 offset: UInt32) -> UInt64 {
    offset == peripheralID2 & 0xFFF ? 0x2B : identification(offset | 0xF000)
  }

  /// Bit n of the low half becomes bit 2n + 1: a line of ICFGR is edge triggered by the upper of its two bits.
  static func configuration(edges: UInt32) -> UInt64 {
    var bits = edges & 0xFFFF
    bits = (bits | bits << 8) & 0x00FF_00FF
    bits = (bits | bits << 4) & 0x0F0F_0F0F
    bits = (bits | bits << 2) & 0x3333_3333
    bits = (bits | bits << 1) & 0x5555_5555
    return UInt64(bits << 1)
  }
}
