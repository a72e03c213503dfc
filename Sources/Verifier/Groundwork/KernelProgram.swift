import Foundation
import Ownership

/// An ELF kernel: what its program headers put where (System V ABI, “ELF Header” and “Program Header”).
struct KernelProgram {
  /// What each segment with bytes in memory puts at its physical address (`p_paddr`): with the MMU off that is what counts.
  let parts: [ExpectedPayloads.Part]
  /// The entry point as a physical address.
  let entry: UInt64

  private static let magic: UInt32 = 0x464C_457F

  /// Whether a file is an ELF file.
  static func isPresent(in file: FileBytes) -> Bool { (try? file.number(at: 0)) == magic }

  /// - Throws: `VerifierError` where a header or a segment does not lie in the file, or there is no segment.
  init(_ file: FileBytes) throws(VerifierError) {
    let entry: UInt64 = try file.number(at: 24)
    var parts: [ExpectedPayloads.Part] = []
    var start = entry
    for header in try ProgramHeader.all(of: file) where header.type == ProgramHeader.load && header.memorySize > 0 {
      let (physical, memory) = (header.physical, header.memorySize)
      try file.require(
        header.fileSize <= memory && AddressRange(base: physical, size: memory) != nil, at: header.place + 40,
        "has a segment that is longer in the file than in memory, or ends past the last address")
      let bytes = header.fileSize == 0 ? Data() : try header.bytes(of: file, "a segment")
      parts.append(.init(bytes: bytes, memorySize: memory, guest: physical, offsetInBlock: nil))
      // `e_entry` counts in virtual addresses.
      if entry >= header.virtual, entry - header.virtual < memory { start = physical + (entry - header.virtual) }
    }
    try file.require(!parts.isEmpty, at: 32, "has nothing to load")
    self.parts = parts
    self.entry = start
  }
}
