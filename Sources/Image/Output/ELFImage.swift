import Ownership

/// `image.elf`: everything at its final address, for loaders and debuggers that read ELF.
///
/// An `ET_EXEC` file with one PT_LOAD for each piece, and for the hypervisor one for each run of sections of equal
/// rights (System V ABI, “Program Header”).
struct ELFImage {
  /// PF_X, PF_W and PF_R of a segment.
  struct Flags: OptionSet, Hashable {
    let rawValue: UInt32
    static let execute = Flags(rawValue: 1)
    static let write = Flags(rawValue: 2)
    static let read = Flags(rawValue: 4)
  }

  private struct Segment {
    let memory: AddressRange
    let contents: FileContents
    let flags: Flags
  }

  /// The file that holds what is scattered, where something is.
  static let scatteredName = "coloured.elf"

  private let segments: [Segment]
  private let entry: UInt64

  /// Collects the segments.
  init(pieces: [Piece], hypervisor: HypervisorImage) {
    entry = hypervisor.layout.base
    segments = pieces.flatMap { piece in
      // Sections whose pages lie apart are no segments of one kind of rights each: then the piece is one.
      piece.role == "hypervisor" && !hypervisor.placement.isScattered
        ? Self.segments(of: hypervisor)
        : [
          Segment(
            memory: piece.memory, contents: piece.contents,
            flags: piece.role == Piece.pristineRole ? .read : [.read, .write, .execute])
        ]
    }
  }

  /// Collects the segments of what is scattered over pages of some colours; `nil` where nothing is.
  init?(scattered pieces: [Piece], hypervisor: HypervisorImage) {
    entry = hypervisor.layout.base
    segments = pieces.filter(\.isScattered).map {
      Segment(memory: $0.memory, contents: $0.contents, flags: [.read, .write, .execute])
    }
    if segments.isEmpty { return nil }
  }

  /// The file's contents.
  func contents() -> FileContents {
    let headersSize = UInt64(64 + 56 * segments.count)
    var header = fileHeader()
    var body = FileContents([])
    for segment in segments {
      let end = headersSize + body.count
      // A segment's place in the file is congruent to its address, so that it can be mapped page by page.
      let gap = (segment.memory.base &- end) & 4095
      appendProgramHeader(segment, at: end + gap, to: &header)
      body.append(.zeros(gap))
      for part in segment.contents.parts { body.append(part) }
    }
    return FileContents([.bytes(header)] + body.parts)
  }

  private static func segments(of hypervisor: HypervisorImage) -> [Segment] {
    let layout = hypervisor.layout
    var runs: [(range: AddressRange, flags: Flags)] = []
    for section in layout.sections {
      let flags = flags(of: section)
      if let last = runs.last, last.flags == flags, last.range.last &+ 1 == section.range.base,
        let joined = AddressRange(base: last.range.base, last: section.range.last)
      {
        runs[runs.count - 1].range = joined
      } else {
        runs.append((section.range, flags))
      }
    }
    return runs.map { run in
      let start = Int(run.range.base - layout.base)
      let end = Int(run.range.last - layout.base) + 1
      return Segment(
        memory: run.range, contents: FileContents([.bytes(Array(hypervisor.bytes[start..<end]))]), flags: run.flags)
    }
  }

  private static func flags(of section: LayoutSection) -> Flags {
    switch section.attributes {
    case Stage1Attributes.readExecute: [.read, .execute]
    case Stage1Attributes.readWrite: [.read, .write]
    default: [.read]
    }
  }

  private func fileHeader() -> [UInt8] {
    // ELFCLASS64, ELFDATA2LSB, EV_CURRENT, ELFOSABI_NONE; ET_EXEC, EM_AARCH64, EV_CURRENT.
    var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for half in [2, 183] as [UInt16] { header.append(littleEndian: half) }
    header.append(littleEndian: 1 as UInt32)
    for address in [entry, 64, 0] { header.append(littleEndian: address) }
    header.append(littleEndian: 0 as UInt32)
    // e_ehsize, e_phentsize, e_phnum; no section headers.
    for half in [64, 56, UInt16(clamping: segments.count), 64, 0, 0] { header.append(littleEndian: half as UInt16) }
    return header
  }

  private func appendProgramHeader(_ segment: Segment, at offset: UInt64, to header: inout [UInt8]) {
    header.append(littleEndian: 1 as UInt32)
    header.append(littleEndian: segment.flags.rawValue)
    let memorySize = segment.memory.size
    let numbers = [
      offset, segment.memory.base, segment.memory.base, segment.contents.count, memorySize, 4096,
    ]
    for number in numbers { header.append(littleEndian: number) }
  }
}
