/// A type of CPU, by what the device tree calls it and what MIDR_EL1 says of it.
public enum CPUType: String, Hashable, Sendable, CaseIterable {
  case a35 = "arm,cortex-a35"
  case a53 = "arm,cortex-a53"
  case a55 = "arm,cortex-a55"
  case a57 = "arm,cortex-a57"
  case a72 = "arm,cortex-a72"
  case a73 = "arm,cortex-a73"
  case a75 = "arm,cortex-a75"
  case a76 = "arm,cortex-a76"
  case a77 = "arm,cortex-a77"
  case a78 = "arm,cortex-a78"
  case a78AE = "arm,cortex-a78ae"
  case x1 = "arm,cortex-x1"
  case a510 = "arm,cortex-a510"
  case a710 = "arm,cortex-a710"
  case neoverseN1 = "arm,neoverse-n1"
  case neoverseV1 = "arm,neoverse-v1"

  /// The type by a CPU node's `compatible`; `nil` for one that is not known here.
  public init?(compatible: [String]) {
    guard let type = compatible.lazy.compactMap(Self.init(rawValue:)).first else { return nil }
    self = type
  }

  /// Implementer (31:24), architecture (19:16) and part number (15:4) of MIDR_EL1 (Arm DDI 0487, D19.2.106): what the
  /// type decides. Variant (23:20) and revision (3:0) differ between boards with the same tree.
  public static let midrMask: UInt32 = 0xFF0F_FFF0

  /// MIDR_EL1 in the bits of the mask: implementer 0x41 (Arm), architecture 0xF, the part number.
  public var midr: UInt32 { 0x41 << 24 | 0xF << 16 | partNumber << 4 }

  /// MIDR_EL1.PartNum, from the register's description in each core's Technical Reference Manual.
  var partNumber: UInt32 {
    switch self {
    case .a35: 0xD04  // 100236
    case .a53: 0xD03  // DDI 0500, 4.3.1
    case .a55: 0xD05  // 100442
    case .a57: 0xD07  // DDI 0488, 4.3.1
    case .a72: 0xD08  // 100095, 4.3.1
    case .a73: 0xD09  // 100048
    case .a75: 0xD0A  // 100403
    case .a76: 0xD0B  // 100798
    case .a77: 0xD0D  // 101111
    case .a78: 0xD41  // 101430
    case .a78AE: 0xD42  // 101779
    case .x1: 0xD44  // 101433
    case .a510: 0xD46  // 101604
    case .a710: 0xD47  // 101800
    case .neoverseN1: 0xD0C  // 100616
    case .neoverseV1: 0xD40  // 101427
    }
  }
}
