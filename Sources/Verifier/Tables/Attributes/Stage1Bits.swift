import Ownership

/// Attributes of a stage-1 block or page of the EL2 regime, which has one Exception level (Arm DDI 0487J.a, D8.3.2
/// “stage 1 attribute fields”).
enum Stage1Bits {
  /// AttrIndx, bits 4:2: which byte of MAIR_EL2 (D8.6.1).
  static let attributeIndex: UInt64 = 0b111 << 2
  static let writeBack: UInt64 = 2 << 2
  static let deviceType: UInt64 = 1 << 2
  static let nonCacheable: UInt64 = 3 << 2
  /// AP[1], bit 6: RES1 in a regime of one Exception level; AP[2], bit 7: read-only (D8.4.1).
  static let reservedOne: UInt64 = 1 << 6
  static let readOnly: UInt64 = 1 << 7
  /// SH, bits 9:8: 0b11 Inner Shareable; 0 for Device memory, where it does not count (D8.6.2).
  static let shareability: UInt64 = 0b11 << 8
  static let innerShareable: UInt64 = 0b11 << 8
  /// AF, bit 10 (D8.5.1).
  static let accessFlag: UInt64 = 1 << 10
  /// XN, bit 54; bit 53 (PXN) is RES0 in a regime of one Exception level (D8.4.1).
  static let executeNever: UInt64 = 1 << 54

  private static let normal = writeBack | reservedOne | innerShareable | accessFlag
  /// Code.
  static let readExecute = normal | readOnly
  /// Constants and tables.
  static let read = normal | readOnly | executeNever
  /// Variables, states and stacks.
  static let readWrite = normal | executeNever
  /// The health page, which domains read: Non-cacheable, so that all see the same bytes.
  static let shared = nonCacheable | reservedOne | innerShareable | accessFlag | executeNever
  /// Registers.
  static let device = deviceType | reservedOne | accessFlag | executeNever

  /// Attributes in words: `Normal Write-Back, read-only, executable`.
  static func words(_ attributes: UInt64) -> String {
    var parts: [String] = []
    switch attributes & attributeIndex {
    case writeBack: parts.append("Normal Write-Back")
    case deviceType: parts.append("Device-nGnRE")
    case nonCacheable: parts.append("Normal Non-cacheable")
    default: parts.append("AttrIndx \((attributes & attributeIndex) >> 2)")
    }
    parts.append(attributes & readOnly == 0 ? "read-write" : "read-only")
    parts.append(attributes & executeNever == 0 ? "executable" : "never executable")
    switch attributes & shareability {
    case 0: parts.append("Non-shareable")
    case innerShareable: parts.append("Inner Shareable")
    default: parts.append("SH \((attributes & shareability) >> 8)")
    }
    if attributes & reservedOne == 0 { parts.append("AP[1] clear that is RES1") }
    if attributes & accessFlag == 0 { parts.append("Access flag clear") }
    let rest =
      attributes & ~(attributeIndex | reservedOne | readOnly | shareability | accessFlag | executeNever)
    if rest != 0 { parts.append("bits \(rest.hexadecimal) set that have to be zero") }
    return parts.joined(separator: ", ")
  }
}
