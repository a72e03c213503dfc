/// Kernels and archives in the smallest form that their headers allow.
enum Kernels {
  /// An arm64 Image (Linux, Documentation/arch/arm64/booting.rst).
  static func image(
    size: Int = 4096, textOffset: UInt64 = 0, imageSize: UInt64 = 0x20_0000, flags: UInt64 = 0b1010
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(size, 64))
    put(textOffset, at: 8, in: &bytes)
    put(imageSize, at: 16, in: &bytes)
    put(flags, at: 24, in: &bytes)
    bytes.replaceSubrange(56..<60, with: [0x41, 0x52, 0x4D, 0x64])
    return bytes
  }

  /// A segment of an ELF file, loaded where `address` says.
  struct Segment {
    var address: UInt64
    var virtual: UInt64?
    var fileSize: UInt64 = 16
    var memorySize: UInt64 = 16
    var type: UInt32 = 1
    var offset: UInt64?
  }

  /// An ELF file for AArch64 with the given program headers; its segments' bytes follow them.
  static func elf(
    _ segments: [Segment], entry: UInt64, machine: UInt16 = 183, type: UInt16 = 2, fileClass: UInt8 = 2,
    order: UInt8 = 1
  ) -> [UInt8] {
    let bodies = 64 + segments.count * 56
    var bytes = [UInt8](repeating: 0, count: bodies + segments.reduce(0) { $0 + Int(min($1.fileSize, 0x1_0000)) })
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, fileClass, order])
    put(UInt64(type) | UInt64(machine) << 16 | 1 << 32, at: 16, in: &bytes)
    put(entry, at: 24, in: &bytes)
    put(64, at: 32, in: &bytes)
    bytes[52] = 64
    bytes[54] = 56
    bytes[56] = UInt8(segments.count)
    var offset = UInt64(bodies)
    for (index, segment) in segments.enumerated() {
      let start = 64 + index * 56
      put(UInt64(segment.type) | 5 << 32, at: start, in: &bytes)
      put(segment.offset ?? offset, at: start + 8, in: &bytes)
      put(segment.virtual ?? segment.address, at: start + 16, in: &bytes)
      put(segment.address, at: start + 24, in: &bytes)
      put(segment.fileSize, at: start + 32, in: &bytes)
      put(segment.memorySize, at: start + 40, in: &bytes)
      put(0x1000, at: start + 48, in: &bytes)
      offset += min(segment.fileSize, 0x1_0000)
    }
    return bytes
  }

  /// Raw code: `b .` again and again.
  static func raw(size: Int = 4096) -> [UInt8] {
    [UInt8](repeating: 0, count: size).enumerated().map { [0, 0, 0, 0x14][$0.offset % 4] }
  }

  /// A cpio archive of the “new ASCII” kind with one file, and its trailer.
  static func cpio(_ contents: [UInt8] = Array("hello".utf8), hasTrailer: Bool = true) -> [UInt8] {
    func entry(_ name: String, _ data: [UInt8]) -> [UInt8] {
      var fields = [UInt32](repeating: 0, count: 13)
      fields[6] = UInt32(data.count)
      fields[11] = UInt32(name.utf8.count + 1)
      var bytes = Array("070701".utf8)
      for field in fields {
        let digits = String(field, radix: 16, uppercase: true)
        bytes += Array((String(repeating: "0", count: 8 - digits.count) + digits).utf8)
      }
      bytes += Array(name.utf8) + [0]
      while bytes.count % 4 != 0 { bytes.append(0) }
      bytes += data
      while bytes.count % 4 != 0 { bytes.append(0) }
      return bytes
    }
    return entry("init", contents) + (hasTrailer ? entry("TRAILER!!!", []) : [])
  }

  /// Stores a little-endian number.
  static func put(_ value: UInt64, at offset: Int, in bytes: inout [UInt8]) {
    for index in 0..<8 where offset + index < bytes.count {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
    }
  }
}
