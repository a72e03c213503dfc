import Foundation
import Ownership

/// Reads `image.elf`: an executable with everything at its final address.
///
/// Offsets and values are those of the System V ABI, “ELF Header” and “Program Header”, and of ELF for the Arm 64-bit
/// Architecture (AAELF64), “ELF Header”.
struct ELFContainer {
  /// Larger tables than any image of 64 domains needs are refused.
  private static let segmentLimit: UInt16 = 0xFFFE

  private let file: FileBytes

  /// Reads an executable.
  ///
  /// - Throws: `VerifierError` that names the byte offset of the first thing that is wrong.
  static func read(_ file: FileBytes) throws(VerifierError) -> MemoryImage {
    let reader = ELFContainer(file: file)
    try reader.checkHeader()
    let entry: UInt64 = try file.number(at: 24)
    var segments: [ImageSegment] = []
    let count: UInt16 = try file.number(at: 56)
    try file.require((1...segmentLimit).contains(count), at: 56, "has \(count) program headers")
    for header in try ProgramHeader.all(of: file) { segments.append(try reader.segment(header)) }
    return try MemoryImage(name: file.name, entry: entry, segments: segments)
  }

  private func checkHeader() throws(VerifierError) {
    // ELFCLASS64, ELFDATA2LSB, EV_CURRENT, ELFOSABI_NONE, padding.
    let identification: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (offset, expected) in identification.enumerated() {
      let byte: UInt8 = try file.number(at: UInt64(offset))
      try file.require(byte == expected, at: UInt64(offset), "is not a 64-bit little-endian ELF file")
    }
    let type: UInt16 = try file.number(at: 16)
    try file.require(type == 2, at: 16, "is of type \(type), not an executable (ET_EXEC, 2)")
    let machine: UInt16 = try file.number(at: 18)
    try file.require(machine == 183, at: 18, "is for machine \(machine), not AArch64 (183)")
    let version: UInt32 = try file.number(at: 20)
    try file.require(version == 1, at: 20, "has ELF version \(version)")
    let flags: UInt32 = try file.number(at: 48)
    try file.require(flags == 0, at: 48, "has processor flags, of which AArch64 has none")
    let size: UInt16 = try file.number(at: 52)
    try file.require(size == 64, at: 52, "has a header of \(size) bytes, not 64")
  }

  private func segment(_ header: ProgramHeader) throws(VerifierError) -> ImageSegment {
    let (place, index) = (header.place, header.index)
    try file.require(
      header.type == ProgramHeader.load, at: place,
      "has segment \(index) of type \(header.type), not to be loaded (PT_LOAD, 1)")
    try file.require(header.flags & ~7 == 0, at: place + 4, "has segment \(index) with flags that mean nothing")
    try file.require(
      header.virtual == header.physical, at: place + 24,
      "has segment \(index) at two addresses: loaders take one or the other")
    let bytes = try header.bytes(of: file, "segment \(index)")
    let name = "segment \(index) of \(file.name)"
    guard
      let segment = ImageSegment(
        name: name, address: header.physical, bytes: bytes, memorySize: header.memorySize)
    else {
      throw file.fault(
        at: place + 40,
        "has segment \(index) of \(header.memorySize) bytes in memory at \(header.physical.hexadecimal) for "
          + "\(header.fileSize) of the file: none, too few, or past the last address")
    }
    return segment
  }
}
