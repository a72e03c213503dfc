/// The parts of a 64-bit little-endian AArch64 ELF file that a loader needs (ELF for the Arm 64-bit Architecture, AAELF64).
///
/// Every number in the file is taken for hostile: whatever points outside the file is an `ELFError`.
struct ELFFile {
  /// One PT_LOAD segment.
  struct Segment: Hashable {
    /// First address, relative to the place the file is loaded at.
    let address: Int
    /// Where its bytes stand in the file.
    let contents: Range<Int>
    /// Bytes in memory; what the file does not give is zero.
    let memorySize: Int
    /// Whether code there may change memory or be executed (PF_W, PF_X).
    let isMoreThanReadable: Bool
  }

  /// One entry of a relocation section.
  struct Relocation: Hashable {
    /// Which address is patched.
    let offset: UInt64
    /// The relocation's type (AAELF64, “Relocation types”).
    let type: UInt32
    /// The addend.
    let addend: UInt64
  }

  /// More memory than this is refused.
  static let memoryLimit = 4 << 20

  /// The segments in the order of the file.
  let segments: [Segment]
  /// The relocations that a loader has to apply.
  let relocations: [Relocation]

  /// Reads an executable that is linked to run anywhere (`ET_DYN`).
  init(_ bytes: [UInt8]) throws(ELFError) {
    let identification: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]
    guard bytes.starts(with: identification) else { throw ELFError("it is not a 64-bit little-endian ELF file") }
    let reader = ELFReader(bytes: bytes)
    guard try reader.number(UInt16.self, at: 18) == 183 else { throw ELFError("it is not for AArch64") }
    guard try reader.number(UInt16.self, at: 16) == 3 else {
      throw ELFError("it is not position-independent (ET_DYN): link it with -pie")
    }
    segments = try Self.segments(reader)
    relocations = try Self.relocations(reader)
  }

  private static func segments(_ reader: ELFReader) throws(ELFError) -> [Segment] {
    let table = try reader.table(offsetAt: 32, entrySizeAt: 54, countAt: 56, entrySize: 56, of: "program header")
    var segments: [Segment] = []
    for entry in table where try reader.number(UInt32.self, at: entry) == 1 {
      let contents = try reader.range(offsetAt: entry + 8, sizeAt: entry + 32, of: "segment")
      let address = try reader.size(at: entry + 16, atMost: memoryLimit, of: "segment address")
      let memorySize = try reader.size(at: entry + 40, atMost: memoryLimit - address, of: "segment size")
      guard contents.count <= memorySize else { throw ELFError("a segment is longer in the file than in memory") }
      guard address >= segments.last.map({ $0.address + $0.memorySize }) ?? 0 else {
        throw ELFError("its segments overlap or are not in ascending order")
      }
      let flags = try reader.number(UInt32.self, at: entry + 4)
      segments.append(
        Segment(address: address, contents: contents, memorySize: memorySize, isMoreThanReadable: flags & 0b11 != 0))
    }
    return segments
  }

  /// Entries of every allocated SHT_RELA section; a static link leaves one, `.rela.dyn`.
  private static func relocations(_ reader: ELFReader) throws(ELFError) -> [Relocation] {
    let table = try reader.table(offsetAt: 40, entrySizeAt: 58, countAt: 60, entrySize: 64, of: "section header")
    guard !table.isEmpty else { throw ELFError("its section headers were stripped, and with them the relocations") }
    var relocations: [Relocation] = []
    for section in table {
      let isAllocated = try reader.number(UInt64.self, at: section + 8) & 2 != 0
      switch try reader.number(UInt32.self, at: section + 4) {
      case 4 where isAllocated: relocations += try rela(reader, section: section)
      case 9 where isAllocated: throw ELFError("it has relocations without addends (SHT_REL)")
      case 19 where isAllocated:
        throw ELFError("it has packed relocations (SHT_RELR): link it with -z nopack-relative-relocs")
      default: break
      }
    }
    return relocations
  }

  private static func rela(_ reader: ELFReader, section: Int) throws(ELFError) -> [Relocation] {
    let contents = try reader.range(offsetAt: section + 24, sizeAt: section + 32, of: "relocation section")
    guard contents.count % 24 == 0 else { throw ELFError("a relocation section has part of an entry") }
    var relocations: [Relocation] = []
    for entry in stride(from: contents.lowerBound, to: contents.upperBound, by: 24) {
      relocations.append(
        Relocation(
          offset: try reader.number(at: entry), type: try reader.number(at: entry + 8),
          addend: try reader.number(at: entry + 16)))
    }
    return relocations
  }
}
