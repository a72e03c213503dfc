import Foundation
import Ownership

@testable import Verifier

/// Translation tables made by hand, entry by entry, in one piece of memory; every other word is zero.
struct SyntheticTables {
  /// Physical address of the first byte, where the root stands unless a test says otherwise.
  static let base: UInt64 = 0x4000_0000
  /// VTCR_EL2 for input addresses of 32 bits from level 1 and 40-bit output addresses.
  static let control: UInt64 = 32 | 1 << 6 | 2 << 16

  /// The words of memory.
  private(set) var words: [UInt64]

  /// So many pages of zeros.
  init(pages: Int) { words = Array(repeating: 0, count: pages * 512) }

  /// Address of an entry of the table in a page.
  static func place(_ page: Int, _ index: Int) -> UInt64 { base + UInt64(page * 4096 + index * 8) }

  /// Address of a page, as a table descriptor leads to it.
  static func table(_ page: Int) -> UInt64 { base + UInt64(page) * 4096 | 0b11 }

  /// An entry of the table in a page.
  subscript(page: Int, index: Int) -> UInt64 {
    get { words[page * 512 + index] }
    set { words[page * 512 + index] = newValue }
  }

  /// What a verifier would see; the hypervisor's memory may be smaller or larger than what is loaded.
  func walk(
    _ translation: Translation = .domain("cluster"), root: UInt64 = Self.base, control: UInt64 = Self.control,
    window: UInt64? = nil
  ) throws -> TranslationReading {
    var budget = TableBudget()
    guard let window = AddressRange(base: Self.base, size: window ?? UInt64(words.count) * 8) else {
      throw BuiltSystem.Refused(description: "there are no tables")
    }
    return try TableWalker.walk(
      translation, base: root, control: control, in: image(), window: window, budget: &budget)
  }

  /// The memory with the tables.
  func image() throws -> MemoryImage {
    let bytes = words.withUnsafeBytes { Data($0) }
    guard
      let segment = ImageSegment(
        name: "tables", address: Self.base, bytes: bytes, memorySize: UInt64(bytes.count))
    else { throw BuiltSystem.Refused(description: "there are no tables") }
    return try MemoryImage(name: "synthetic", entry: Self.base, segments: [segment])
  }
}
