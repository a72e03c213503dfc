import Foundation

/// A program header of the runtime's ELF file that matters to a loader, with its bytes.
struct RuntimeSegment {
  /// PT_LOAD or PT_DYNAMIC.
  enum Kind: UInt32 {
    case load = 1
    case dynamic = 2
  }

  let kind: Kind
  /// First address, relative to where the file is loaded.
  let address: UInt64
  /// Where its bytes stand in the file.
  let offset: UInt64
  let bytes: Data
  /// Bytes in memory; those that the file does not give are zero.
  let memorySize: UInt64
  /// Byte offset of the program header.
  let place: UInt64

  /// The segments of a position-independent AArch64 file in the order of their headers.
  static func all(of file: FileBytes) throws(VerifierError) -> [RuntimeSegment] {
    // ELFMAG, ELFCLASS64, ELFDATA2LSB in the first six bytes; ET_DYN and EM_AARCH64 behind e_ident.
    let identification: UInt64 = try file.number(at: 0)
    let type: UInt32 = try file.number(at: 16)
    try file.require(identification & 0xFFFF_FFFF_FFFF == 0x0102_464C_457F, at: 0, "is not a 64-bit ELF file")
    try file.require(type == 183 << 16 | 3, at: 16, "is not position-independent code for AArch64")
    var segments: [RuntimeSegment] = []
    for header in try ProgramHeader.all(of: file) {
      if let segment = try RuntimeSegment(header, in: file) { segments.append(segment) }
    }
    return segments
  }

  private init?(_ header: ProgramHeader, in file: FileBytes) throws(VerifierError) {
    guard let kind = Kind(rawValue: header.type) else { return nil }
    self.kind = kind
    place = header.place
    offset = header.offset
    address = header.virtual
    memorySize = header.memorySize
    bytes = try header.bytes(of: file, "a segment")
    try file.require(header.fileSize <= memorySize, at: place + 40, "has a segment that is longer in the file")
  }

  /// Where the entries of the relocation table stand in the file, by PT_DYNAMIC: DT_RELA (7), DT_RELASZ (8) and
  /// DT_RELAENT (9); `nil` if there is none. Tables of other kinds (DT_REL 17, DT_JMPREL 23, DT_RELR 36) are refused.
  static func relocationTable(
    of file: FileBytes, _ segments: [RuntimeSegment]
  ) throws(VerifierError) -> Range<UInt64>? {
    guard let dynamic = segments.first(where: { $0.kind == .dynamic }) else {
      throw file.fault(at: 32, "has no dynamic section, and so no relocations that can be found")
    }
    var entries: [UInt64: UInt64] = [:]
    for index in 0..<UInt64(dynamic.bytes.count / 16) {
      let place = dynamic.offset + 16 * index
      let tag: UInt64 = try file.number(at: place)
      if tag == 0 { break }
      try file.require(![17, 23, 36].contains(tag), at: place, "has relocations of another kind than DT_RELA")
      entries[tag] = try file.number(at: place + 8)
    }
    guard let address = entries[7], let size = entries[8], size > 0 else { return nil }
    let holder = segments.first {
      $0.kind == .load && $0.address <= address && address - $0.address <= UInt64($0.bytes.count)
        && size <= UInt64($0.bytes.count) - (address - $0.address)
    }
    guard let holder, size % 24 == 0, entries[9] == 24 else {
      throw file.fault(at: dynamic.place, "has a relocation table that is in no segment or of no whole entries")
    }
    let start = holder.offset + (address - holder.address)
    return start..<start + size
  }
}
