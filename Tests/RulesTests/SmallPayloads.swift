/// The files that fixtures name as payloads.
enum SmallPayloads {
  /// Names and contents.
  static let all: [(name: String, bytes: [UInt8])] = [
    ("raw.bin", raw), ("Image", image()), ("Image-128M", image(imageSize: 128 << 20)),
    ("Image-be", image(flags: 0b1011)),
    ("Image-64k", image(flags: 0b1110)), ("Image-text", image(textOffset: 0x8_0000)),
    ("Image.gz", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0]), ("empty.bin", []), ("Image-short", Array(image().prefix(60))),
    ("initrd.gz", [0x1F, 0x8B, 0x08, 0] + [UInt8](repeating: 7, count: 5_000)),
    ("initrd-3M", [0x1F, 0x8B, 0x08, 0] + [UInt8](repeating: 7, count: 3 << 20)),
    ("program.elf", elf(at: 0x5000_0000)), ("program-x86.elf", elf(at: 0x5000_0000, machine: 62)),
  ]

  /// Raw code: `b .` again and again.
  private static let raw = [UInt8](repeating: 0, count: 4096).enumerated().map {
    [0, 0, 0, 0x14][$0.offset % 4] as UInt8
  }

  /// An arm64 Image (Linux, Documentation/arch/arm64/booting.rst).
  private static func image(
    textOffset: UInt64 = 0, imageSize: UInt64 = 0x20_0000, flags: UInt64 = 0b1010
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    put(textOffset, 8, &bytes)
    put(imageSize, 16, &bytes)
    put(flags, 24, &bytes)
    bytes.replaceSubrange(56..<60, with: [0x41, 0x52, 0x4D, 0x64])
    return bytes
  }

  /// An ELF file with one segment of 256 bytes in the file and 8 KiB in memory, which starts at its first byte.
  private static func elf(at address: UInt64, machine: UInt64 = 183) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64 + 56 + 256)
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    put(2 | machine << 16 | 1 << 32, 16, &bytes)
    put(address, 24, &bytes)
    put(64, 32, &bytes)
    bytes[54] = 56
    bytes[56] = 1
    let header: [UInt64] = [1 | 5 << 32, 120, address, address, 256, 8192, 4096]
    for (index, value) in header.enumerated() {
      put(value, 64 + index * 8, &bytes)
    }
    return bytes
  }

  private static func put(_ value: UInt64, _ offset: Int, _ bytes: inout [UInt8]) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
  }
}
