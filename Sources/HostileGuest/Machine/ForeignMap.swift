import GuestTree
import HostileSupport

/// Who owns what, as whoever built the system says: a table in place of an initial RAM disk. Its numbers are 64 bits wide
/// and little-endian: a magic number, how many entries follow, and for each the first and the last address and a kind.
struct ForeignMap {
  /// "BULKMAP1" in memory.
  private static var magic: UInt64 { 0x3150_414D_4B4C_5542 }
  private static var mostEntries: UInt64 { 4096 }

  /// A run of addresses of one owner.
  struct Entry {
    let base: UInt64
    let last: UInt64
    /// `nil` for one that this guest does not know.
    let kind: Kind?
  }

  /// Whose it is, and what.
  enum Kind: UInt64 {
    case neighbourMemory = 1
    case hypervisorMemory = 2
    case firmwareMemory = 3
    case unassignedMemory = 4
    case channel = 5
    case neighbourDevice = 6
    case hypervisorDevice = 7
    case unassignedDevice = 8
  }

  private let start: UInt64
  let count: UInt64

  /// `nil` without a table.
  init?(tree: Span<UInt8>) {
    guard let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree),
      let start = chosen.number("linux,initrd-start", in: tree), let end = chosen.number("linux,initrd-end", in: tree),
      start & 7 == 0, end >= start + 16, hostile_load64(start) == ForeignMap.magic
    else { return nil }
    let count = hostile_load64(start + 8)
    guard count <= ForeignMap.mostEntries, 16 + count * 24 <= end - start else { return nil }
    self.start = start
    self.count = count
  }

  /// An entry, by its place.
  subscript(_ index: UInt64) -> Entry {
    let entry = start + 16 + index * 24
    return Entry(
      base: hostile_load64(entry), last: hostile_load64(entry + 8), kind: Kind(rawValue: hostile_load64(entry + 16)))
  }

  /// The first address of a kind; `nil` where there is none.
  func first(_ kind: Kind) -> UInt64? {
    for index in 0..<count where self[index].kind == kind { return self[index].base }
    return nil
  }

  /// Calls `body` with each entry.
  func forEach(_ body: (Entry) -> Void) {
    for index in 0..<count { body(self[index]) }
  }
}

extension TreeNode {
  /// A property of one cell or two.
  fileprivate func number(_ name: StaticString, in tree: Span<UInt8>) -> UInt64? {
    guard let first = cell(0, of: name, in: tree) else { return nil }
    guard let second = cell(1, of: name, in: tree) else { return UInt64(first) }
    return UInt64(first) << 32 | UInt64(second)
  }
}
