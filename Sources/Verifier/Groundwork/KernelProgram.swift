import Foundation
import Ownership

/// An ELF kernel: what its program headers put where (System V ABI, “ELF Header” and “Program Header”).
struct KernelProgram {
  /// What each segment with bytes in memory puts at its physical address (`p_paddr`): with the MMU off that is what counts.
  let parts: [ExpectedPayloads.Part]
  /// The entry point as a physical address.
  let entry: UInt64

  private static let magic: UInt32 = 0x464C_457F
  private static let loadable: UInt32 = 1
  private static let headerSize: UInt16 = 56

  /// Whether a file is an ELF file.
  static func isPresent(in file: Data) -> Bool { LittleEndianReader(file).number(at: 0) == magic }

  /// `nil` where a header or a segment does not lie in the file, or there is no segment.
  init?(_ file: Data) {
    let reader = LittleEndianReader(file)
    guard let entry: UInt64 = reader.number(at: 24), let table: UInt64 = reader.number(at: 32),
      let size: UInt16 = reader.number(at: 54), let count: UInt16 = reader.number(at: 56), size == Self.headerSize,
      table <= UInt64(file.count)
    else { return nil }
    var parts: [ExpectedPayloads.Part] = []
    var start = entry
    for index in 0..<UInt64(count) {
      let header = table + index * UInt64(size)
      guard let type: UInt32 = reader.number(at: header), let offset: UInt64 = reader.number(at: header + 8),
        let virtual: UInt64 = reader.number(at: header + 16), let physical: UInt64 = reader.number(at: header + 24),
        let bytes: UInt64 = reader.number(at: header + 32), let memory: UInt64 = reader.number(at: header + 40)
      else { return nil }
      guard type == Self.loadable, memory > 0 else { continue }
      guard bytes <= memory, let part = reader.part(at: bytes == 0 ? 0 : offset, size: bytes),
        AddressRange(base: physical, size: memory) != nil
      else { return nil }
      parts.append(.init(bytes: part, memorySize: memory, guest: physical, offsetInBlock: nil))
      // `e_entry` counts in virtual addresses.
      if entry >= virtual, entry - virtual < memory { start = physical + (entry - virtual) }
    }
    guard !parts.isEmpty else { return nil }
    self.parts = parts
    self.entry = start
  }
}
