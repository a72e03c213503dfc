import Foundation

/// A program header of a 64-bit little-endian ELF file (System V ABI, “Program Header”). Only its place in the file is
/// checked; what it says is the reader's to judge.
struct ProgramHeader {
  /// `p_type` of a segment that a loader puts into memory.
  static let load: UInt32 = 1
  private static let size: UInt16 = 56
  private static let sizeField: UInt64 = 54

  /// Its number in the table.
  let index: Int
  /// Byte offset of the header.
  let place: UInt64
  /// `p_type` and `p_flags`.
  let type: UInt32
  let flags: UInt32
  /// Where the segment's bytes stand in the file, and how many there are: `p_offset`, `p_filesz`.
  let offset: UInt64
  let fileSize: UInt64
  /// Where they belong: `p_vaddr`, `p_paddr`; and how many bytes of memory they are the start of: `p_memsz`.
  let virtual: UInt64
  let physical: UInt64
  let memorySize: UInt64

  /// All program headers of a file in their order: `e_phoff` at 32, `e_phentsize` at 54, `e_phnum` at 56.
  ///
  /// - Throws: `VerifierError` if their size is another, or one is not in the file.
  static func all(of file: FileBytes) throws(VerifierError) -> [ProgramHeader] {
    let start: UInt64 = try file.number(at: 32)
    let size: UInt16 = try file.number(at: sizeField)
    let count: UInt16 = try file.number(at: 56)
    try file.require(size == Self.size, at: sizeField, "has program headers of \(size) bytes, not \(Self.size)")
    _ = try file.part(at: start, size: UInt64(count) * UInt64(size), by: 32, "program headers")
    var headers: [ProgramHeader] = []
    for index in 0..<Int(count) {
      headers.append(try ProgramHeader(file, index, at: start + UInt64(size) * UInt64(index)))
    }
    return headers
  }

  private init(_ file: FileBytes, _ index: Int, at place: UInt64) throws(VerifierError) {
    self.index = index
    self.place = place
    type = try file.number(at: place)
    flags = try file.number(at: place + 4)
    offset = try file.number(at: place + 8)
    virtual = try file.number(at: place + 16)
    physical = try file.number(at: place + 24)
    fileSize = try file.number(at: place + 32)
    memorySize = try file.number(at: place + 40)
  }

  /// The segment's bytes, not copied.
  func bytes(of file: FileBytes, _ what: String) throws(VerifierError) -> Data {
    try file.part(at: offset, size: fileSize, by: place + 8, what)
  }
}
