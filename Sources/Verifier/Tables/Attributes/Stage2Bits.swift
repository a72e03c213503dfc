import Ownership

/// Attributes of a stage-2 block or page (Arm DDI 0487J.a, D8.3.2 “stage 2 attribute fields”; without FEAT_S2FWB).
enum Stage2Bits {
  /// MemAttr, bits 5:2 (D8.6.6): 0b1111 Normal, Inner and Outer Write-Back; 0b0101 Normal Non-cacheable; 0b0001
  /// Device-nGnRE.
  static let memoryType: UInt64 = 0b1111 << 2
  static let writeBack: UInt64 = 0b1111 << 2
  static let nonCacheable: UInt64 = 0b0101 << 2
  static let device: UInt64 = 0b0001 << 2
  /// S2AP, bits 7:6 (D8.4.2): bit 6 reads, bit 7 writes.
  static let readable: UInt64 = 1 << 6
  static let writable: UInt64 = 1 << 7
  /// SH, bits 9:8 (D8.6.8): 0b11 Inner Shareable; of Device memory it does not count and stays 0.
  static let shareability: UInt64 = 0b11 << 8
  static let innerShareable: UInt64 = 0b11 << 8
  /// AF, bit 10 (D8.5.1): without it the first access faults.
  static let accessFlag: UInt64 = 1 << 10
  /// XN[1:0], bits 54:53 (D8.4.2): 0b10 never at EL1 and EL0, with FEAT_XNX and without.
  static let executeNever: UInt64 = 0b11 << 53
  static let neverExecutable: UInt64 = 0b10 << 53

  /// What a domain's RAM has to be.
  static let memory = writeBack | readable | writable | innerShareable | accessFlag
  /// What a device's registers have to be.
  static let registers = device | readable | writable | accessFlag | neverExecutable
  /// What a channel has to be for its readers, and for its writer.
  static let channelReader = nonCacheable | readable | innerShareable | accessFlag | neverExecutable
  static let channelWriter = channelReader | writable

  /// Attributes in words: `Normal Write-Back, read-write, executable`.
  static func words(_ attributes: UInt64) -> String {
    var parts = [typeWords(attributes & memoryType)]
    switch attributes & (readable | writable) {
    case 0: parts.append("no access")
    case readable: parts.append("read-only")
    case writable: parts.append("write-only")
    default: parts.append("read-write")
    }
    parts.append(executeWords(attributes & executeNever))
    switch attributes & shareability {
    case 0: parts.append("Non-shareable")
    case innerShareable: parts.append("Inner Shareable")
    default: parts.append("SH \((attributes & shareability) >> 8)")
    }
    if attributes & accessFlag == 0 { parts.append("Access flag clear") }
    let rest = attributes & ~(memoryType | readable | writable | shareability | accessFlag | executeNever)
    if rest != 0 { parts.append("bits \(rest.hexadecimal) set that have to be zero") }
    return parts.joined(separator: ", ")
  }

  private static func typeWords(_ type: UInt64) -> String {
    switch type {
    case writeBack: "Normal Write-Back"
    case nonCacheable: "Normal Non-cacheable"
    case device: "Device-nGnRE"
    default: "MemAttr \((type >> 2).hexadecimal)"
    }
  }

  private static func executeWords(_ bits: UInt64) -> String {
    switch bits {
    case 0: "executable"
    case neverExecutable: "never executable"
    default: "XN \(bits >> 53)"
    }
  }
}
