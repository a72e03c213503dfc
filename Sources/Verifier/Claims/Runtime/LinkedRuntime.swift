import Foundation
import Ownership

/// The EL2 runtime as a dynamic loader would load it: read through its program headers and PT_DYNAMIC (System V ABI,
/// “Program Header”, “Dynamic Section”), not through the section headers that the compiler reads.
struct LinkedRuntime: Sendable {
  /// A word that holds an address of the runtime's own.
  struct Relocation: Sendable {
    let offset: Int
    let addend: UInt64
  }

  /// More memory than this is no runtime.
  private static let memoryLimit: UInt64 = 4 << 20
  /// R_AARCH64_RELATIVE: the word becomes the load address plus the addend (AAELF64, “Dynamic relocations”).
  private static let relative: UInt32 = 1027
  /// R_AARCH64_NONE, and the number that it had before.
  private static let none: Set<UInt32> = [0, 256]

  /// Memory from offset 0 to the end of its data, as linked for address 0.
  private let contents: [UInt8]
  private let relocations: [Relocation]

  /// Reads a linked runtime.
  ///
  /// - Throws: `VerifierError` that names the byte offset of the first thing that is wrong.
  init(elf: [UInt8]) throws(VerifierError) {
    let file = FileBytes(name: "the EL2 runtime", data: Data(elf))
    let segments = try RuntimeSegment.all(of: file)
    let size = try Self.size(file, segments)
    var contents = [UInt8](repeating: 0, count: size)
    for segment in segments where segment.kind == .load && segment.address < UInt64(size) {
      guard segment.memorySize <= UInt64(size) - segment.address else {
        throw file.fault(at: segment.place, "has a segment that runs past its data")
      }
      contents.replaceSubrange(Int(segment.address)..<Int(segment.address) + segment.bytes.count, with: segment.bytes)
    }
    self.contents = contents
    relocations = try Self.relocations(file, segments, size)
  }

  /// The bytes that it has at a place in physical memory; `nil` if they have another number.
  func bytes(at base: UInt64, count: Int) -> [UInt8]? {
    guard count == contents.count else { return nil }
    var bytes = contents
    bytes.withUnsafeMutableBytes { bytes in
      for relocation in relocations {
        bytes.storeBytes(
          of: (base &+ relocation.addend).littleEndian, toByteOffset: relocation.offset, as: UInt64.self)
      }
    }
    return bytes
  }

  /// Bytes up to the end of data, by the runtime's own header; what follows is for the compiler alone.
  private static func size(_ file: FileBytes, _ segments: [RuntimeSegment]) throws(VerifierError) -> Int {
    guard let head = segments.first(where: { $0.kind == .load && $0.address == 0 }) else {
      throw file.fault(at: 32, "has no segment at address 0")
    }
    let header = FileBytes(name: file.name, data: Data(head.bytes.prefix(HeaderOffsets.total)))
    let magic: UInt64 = try header.number(at: UInt64(HeaderOffsets.magic))
    try file.require(magic == HeaderOffsets.magicValue, at: head.place, "has no BHRUNTIM in its first segment")
    let start: UInt64 = try header.number(at: UInt64(HeaderOffsets.dataOffset))
    let size: UInt64 = try header.number(at: UInt64(HeaderOffsets.dataSize))
    try file.require(
      start <= memoryLimit && size <= memoryLimit - start, at: head.place, "has more than \(memoryLimit) bytes")
    return Int(start + size)
  }

  private static func relocations(
    _ file: FileBytes, _ segments: [RuntimeSegment], _ size: Int
  ) throws(VerifierError) -> [Relocation] {
    guard let table = try RuntimeSegment.relocationTable(of: file, segments) else { return [] }
    var relocations: [Relocation] = []
    for entry in stride(from: table.lowerBound, to: table.upperBound, by: 24) {
      let place: UInt64 = try file.number(at: entry)
      let type: UInt32 = try file.number(at: entry + 8)
      let symbol: UInt32 = try file.number(at: entry + 12)
      if none.contains(type) { continue }
      try file.require(
        type == relative && symbol == 0, at: entry + 8, "has a relocation of type \(type), not R_AARCH64_RELATIVE")
      guard let offset = Int(exactly: place), offset <= size - 8 else {
        throw file.fault(at: entry, "relocates a word at \(place.hexadecimal), outside its memory")
      }
      relocations.append(Relocation(offset: offset, addend: try file.number(at: entry + 16)))
    }
    return relocations
  }
}
