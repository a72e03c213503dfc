import Foundation
import Ownership

/// Reads `single.img`: an arm64 Image whose first page is code that moves every piece to its place, followed by the table
/// of pieces and the pieces. Offsets are those of the contract in `Sources/Relocator/relocator.S`.
struct SingleFileContainer {
  /// The fields that the compiler writes into the code page, by offset; each has 64 bits.
  private enum Field {
    static let textOffset: UInt64 = 8
    static let imageSize: UInt64 = 16
    static let flags: UInt64 = 24
    static let linuxMagic: UInt64 = 56
    static let magic: UInt64 = 64
    static let runsAt: UInt64 = 72
    static let entry: UInt64 = 80
    static let pieceCount: UInt64 = 88
    static let size: UInt64 = 96
    static let all = [textOffset, imageSize, runsAt, entry, pieceCount, size]
  }

  /// Where the table of pieces starts, and the bytes of its entries.
  private static let table: UInt64 = 4096
  private static let entrySize: UInt64 = 32
  private static let pieceLimit: UInt64 = 65_535

  private let file: FileBytes
  /// Where the image runs: physical address of its first byte.
  private let base: UInt64

  /// Reads a single-file image; `relocator` is the code that its first page should hold, if that is to be compared.
  ///
  /// - Throws: `VerifierError` that names the byte offset of the first thing that is wrong.
  static func read(_ file: FileBytes, relocator: [UInt8]? = nil) throws(VerifierError) -> MemoryImage {
    let reader = SingleFileContainer(file: file, base: try file.number(at: Field.runsAt))
    try reader.checkHead()
    if let relocator { try reader.check(code: relocator) }
    return try MemoryImage(name: file.name, entry: try file.number(at: Field.entry), segments: try reader.segments())
  }

  private func checkHead() throws(VerifierError) {
    let linuxMagic: UInt32 = try file.number(at: Field.linuxMagic)
    try file.require(linuxMagic == 0x644D_5241, at: Field.linuxMagic, "has no ARM\\x64 in its header")
    let magic: UInt64 = try file.number(at: Field.magic)
    try file.require(magic == 0x454C_474E_4953_4842, at: Field.magic, "has no BHSINGLE behind its header")
    let flags: UInt64 = try file.number(at: Field.flags)
    try file.require(flags == 0b0010, at: Field.flags, "has the flags \(flags.hexadecimal), not 0x2")
    let textOffset: UInt64 = try file.number(at: Field.textOffset)
    try file.require(
      textOffset <= base && base % 4096 == 0, at: Field.textOffset,
      "has the text_offset \(textOffset.hexadecimal) and runs at \(base.hexadecimal)")
    for place in [Field.imageSize, Field.size] {
      let size: UInt64 = try file.number(at: place)
      try file.require(size == file.count, at: place, "says that it has \(size) bytes, and it has \(file.count)")
    }
  }

  /// The code page, apart from the numbers that the compiler writes.
  private func check(code: [UInt8]) throws(VerifierError) {
    let page = [UInt8](try file.part(at: 0, size: Self.table, by: Field.size, "the code page"))
    let written = Set(Field.all.flatMap { Int($0)..<Int($0) + 8 })
    for offset in 0..<Int(Self.table) where !written.contains(offset) {
      let expected = offset < code.count ? code[offset] : 0
      try file.require(
        page[offset] == expected, at: UInt64(offset), "does not start with the code that moves the pieces")
    }
  }

  private func segments() throws(VerifierError) -> [ImageSegment] {
    let count: UInt64 = try file.number(at: Field.pieceCount)
    try file.require((1...Self.pieceLimit).contains(count), at: Field.pieceCount, "has \(count) pieces")
    guard let memory = AddressRange(base: base, size: file.count) else {
      throw file.fault(at: Field.runsAt, "runs past the last address")
    }
    var end = Self.table + count * Self.entrySize
    var segments: [ImageSegment] = []
    for index in 0..<count {
      let place = Self.table + index * Self.entrySize
      let offset: UInt64 = try file.number(at: place)
      try file.require(offset >= end, at: place, "has piece \(index) over what stands before it")
      let (segment, size) = try segment(index, at: place, offset)
      try file.require(
        !segment.memory.overlaps(memory), at: place + 8,
        "moves piece \(index) to \(segment.memory), over itself at \(memory)")
      end = offset + size
      segments.append(segment)
    }
    try file.require(end == file.count, at: Field.size, "has bytes behind its last piece")
    return segments
  }

  private func segment(
    _ index: UInt64, at place: UInt64, _ offset: UInt64
  ) throws(VerifierError) -> (ImageSegment, size: UInt64) {
    let address: UInt64 = try file.number(at: place + 8)
    let size: UInt64 = try file.number(at: place + 16)
    let memorySize: UInt64 = try file.number(at: place + 24)
    let bytes = try file.part(at: offset, size: size, by: place, "piece \(index)")
    // With the MMU off accesses have to be aligned, and the code copies pairs of words.
    try file.require(
      offset % 4096 == address % 4096, at: place, "has piece \(index) at another place in its page than in memory")
    let name = "piece \(index) of \(file.name)"
    guard let segment = ImageSegment(name: name, address: address, bytes: bytes, memorySize: memorySize) else {
      throw file.fault(
        at: place + 24,
        "has piece \(index) of \(memorySize) bytes in memory at \(address.hexadecimal) for \(size) of the file")
    }
    return (segment, size)
  }
}
