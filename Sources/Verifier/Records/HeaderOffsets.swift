/// Where everything stands at the start of the hypervisor's image: byte offsets from its first byte, from the boot
/// protocol of arm64 Linux (Linux, Documentation/arch/arm64/booting.rst) and from the doc comments of
/// `ImageFormat.RuntimeHeader`.
enum HeaderOffsets {
  /// The arm64 Image header: two instructions, then these.
  static let secondInstruction = 4
  static let textOffset = 8
  static let imageSize = 16
  static let flags = 24
  /// Three reserved numbers of 64 bits.
  static let reserved = [32, 40, 48]
  static let linuxMagic = 56
  /// Offset of a PE header, for UEFI; there is none.
  static let peOffset = 60

  /// The runtime's own header.
  static let magic = 64
  static let version = 72
  static let stackSize = 76
  static let cpuStateSize = 80
  static let domainStateSize = 84
  static let textSize = 88
  static let readOnlyOffset = 96
  static let readOnlySize = 104
  static let dataOffset = 112
  static let dataSize = 120
  static let partitionTable = 128
  static let imageBase = 136
  static let partitionTablePhysical = 144
  /// Bytes of both.
  static let total = 152

  /// `ARM\x64`, least significant byte first.
  static let linuxMagicValue: UInt32 = 0x644D_5241
  /// `BHRUNTIM`, least significant byte first.
  static let magicValue: UInt64 = 0x4D49_544E_5552_4842
  /// The fields that the compiler writes into what the linker made, by offset; each has 64 bits.
  static let patched = [textOffset, imageSize, flags, partitionTable, imageBase, partitionTablePhysical]
}
