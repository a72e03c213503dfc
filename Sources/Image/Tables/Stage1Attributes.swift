/// Descriptor and register values of EL2's own translation regime (HCR_EL2.E2H = 0, Non-secure).
enum Stage1Attributes {
  /// MAIR_EL2: 0 Device-nGnRnE (0x00), 1 Device-nGnRE (0x04), 2 Normal write-back, read and write allocate (0xFF),
  /// 3 Normal Non-cacheable (0x44) (Arm DDI 0487J.a, D19.2, MAIR_EL2).
  static let memoryAttributes: UInt64 = 0x44FF_0400

  /// Code: readable and executable.
  static let readExecute = normal | readOnly
  /// Constants and tables: readable.
  static let read = normal | readOnly | executeNever
  /// Data and stacks: readable and writable.
  static let readWrite = normal | executeNever
  /// The health page, which domains read: Normal Non-cacheable, readable and writable.
  static let shared = attributeIndex(3) | common | 0b11 << 8 | executeNever
  /// Registers: Device-nGnRE, readable and writable.
  static let device = attributeIndex(1) | common | executeNever

  /// Normal write-back (D8.6), Inner Shareable: SH = 0b11 in bits 9:8.
  private static let normal = attributeIndex(2) | common | 0b11 << 8
  /// AF in bit 10, so that no access faults to set it; AP[1] in bit 6 is RES1 in a regime of one Exception level (D8.4).
  private static let common: UInt64 = 1 << 10 | 1 << 6
  /// AP[2] in bit 7 (D8.4).
  private static let readOnly: UInt64 = 1 << 7
  /// XN in bit 54; PXN in bit 53 is RES0 in a regime of one Exception level (D8.4).
  private static let executeNever: UInt64 = 1 << 54

  /// AttrIndx in bits 4:2 (D8.6).
  private static func attributeIndex(_ index: UInt64) -> UInt64 { index << 2 }
}
