/// Descriptor values of stage 2 of the EL1&0 regime (without FEAT_S2FWB; Arm DDI 0487J.a, D8.4 and D8.6).
enum Stage2Attributes {
  /// A domain's RAM: Normal write-back, readable, writable, executable.
  static let memory = memoryType(0b1111) | innerShareable | accessFlag | writable
  /// A domain's RAM as its devices see it: Normal write-back, readable, writable, no instructions.
  static let deviceMemory = memory | executeNever
  /// A device's registers: Device-nGnRE, readable and writable.
  static let device = memoryType(0b0001) | accessFlag | writable | executeNever
  /// A channel as its writer sees it: Normal Non-cacheable.
  static let channelWriter = memoryType(0b0101) | innerShareable | accessFlag | writable | executeNever
  /// A channel as a reader sees it.
  static let channelReader = memoryType(0b0101) | innerShareable | accessFlag | readable | executeNever

  /// S2AP = 0b01 in bits 7:6.
  private static let readable: UInt64 = 0b01 << 6
  /// S2AP = 0b11 in bits 7:6.
  private static let writable: UInt64 = 0b11 << 6
  /// SH = 0b11 in bits 9:8.
  private static let innerShareable: UInt64 = 0b11 << 8
  /// AF in bit 10, so that no access faults to set it.
  private static let accessFlag: UInt64 = 1 << 10
  /// XN[1:0] = 0b10 in bits 54:53: never at EL1 and EL0; without FEAT_XNX bit 54 alone counts and says the same.
  private static let executeNever: UInt64 = 0b10 << 53

  /// MemAttr in bits 5:2.
  private static func memoryType(_ bits: UInt64) -> UInt64 { bits << 2 }
}
