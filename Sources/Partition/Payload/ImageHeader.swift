import Ownership

/// The 64-byte header of an arm64 kernel Image (Linux, Documentation/arch/arm64/booting.rst, “Call the kernel image”).
public struct ImageHeader: Hashable, Sendable {
  /// Distance in bytes from a 2 MiB-aligned base to where the file's first byte belongs.
  public let textOffset: UInt64
  /// Bytes of memory that the kernel needs from there, its BSS included.
  public let imageSize: UInt64
  /// Page size that the kernel was built for, in bytes; `nil` where the header does not say.
  public let pageSize: UInt64?

  /// Bytes of the header.
  public static let length = 64
  /// Where `ARM\x64` stands.
  static let magicOffset = 56
  /// `ARM\x64`.
  static let magic: [UInt8] = [0x41, 0x52, 0x4D, 0x64]

  /// Whether a file that starts with `start` is an arm64 kernel Image.
  static func isPresent(in start: [UInt8]) -> Bool { ByteReader(start).has(magic, at: magicOffset) }

  /// Reads the header of a file of `fileSize` bytes that starts with `start`.
  init(_ start: [UInt8], fileSize: UInt64) throws(PayloadProblem) {
    let reader = ByteReader(start)
    guard reader.count >= Self.length, let textOffset = reader.u64(8), let imageSize = reader.u64(16),
      let flags = reader.u64(24)
    else { throw .malformed("its arm64 Image header is cut off after \(start.count) of \(Self.length) bytes") }
    guard flags & 1 == 0 else { throw .bigEndian("bit 0 of the flags in its arm64 Image header is set") }
    guard imageSize != 0 else {
      throw .malformed(
        "its arm64 Image header has image_size 0 (Linux before 3.17), so that nobody knows how much memory it needs")
    }
    guard textOffset < Granule.block2MiB else {
      throw .malformed(
        "its arm64 Image header has text_offset \(textOffset.hexadecimal), which has to lie below 2 MiB")
    }
    self.textOffset = textOffset
    self.imageSize = imageSize
    pageSize = [1: 4 << 10, 2: 16 << 10, 3: 64 << 10][flags >> 1 & 3]
    try Self.checkSections(reader, fileSize: fileSize)
  }

  /// A kernel with an EFI stub also has a PE header, which says how long the file has to be (Microsoft PE format,
  /// “COFF File Header” and “Section Table”): the only way to notice that the end is missing.
  private static func checkSections(_ reader: ByteReader, fileSize: UInt64) throws(PayloadProblem) {
    guard reader.has(Array("MZ".utf8), at: 0), let offset = reader.u32(60).map(Int.init), offset > 0 else { return }
    try checkEnd(UInt64(offset) + UInt64(coffLength), fileSize)
    guard reader.has(Array("PE\0\0".utf8), at: offset), let count = reader.u16(offset + 6),
      let optionalSize = reader.u16(offset + 20)
    else { return }
    let table = offset + coffLength + Int(optionalSize)
    try checkEnd(UInt64(table + Int(count) * sectionLength), fileSize)
    for index in 0..<Int(count) {
      let section = table + index * sectionLength
      guard let size = reader.u32(section + 16), let start = reader.u32(section + 20) else { return }
      try checkEnd(UInt64(size) + UInt64(start), fileSize)
    }
  }

  /// Bytes of the PE signature and the COFF file header.
  private static let coffLength = 24
  /// Bytes of an entry of the section table.
  private static let sectionLength = 40

  private static func checkEnd(_ end: UInt64, _ fileSize: UInt64) throws(PayloadProblem) {
    guard end <= fileSize else {
      throw .malformed("it is cut off: its headers speak of \(end) bytes, and the file has \(fileSize)")
    }
  }
}
