import GuestSupport
import HostileSupport

/// All of the guest's memory but its image and its device tree, filled with words that follow from their addresses.
struct MemoryPattern {
  /// The parts below and above the tree, whole pages.
  private let parts: InlineArray<2, Range<UInt64>>

  init(memory: Window, treeAddress: UInt64, treeSize: UInt64) {
    let first = (hostile_image_end() + 0xFFF) & ~0xFFF
    let end = memory.base + memory.size
    let behindTree = min((treeAddress + treeSize + 0xFFF) & ~0xFFF, end)
    parts = [first..<max(first, treeAddress & ~0xFFF), behindTree..<end]
  }

  /// The word that belongs at an address.
  static func word(at address: UInt64) -> UInt64 { (address ^ 0x5A5A_5A5A) &* 0x9E37_79B9_7F4A_7C15 }

  /// Writes it.
  func fill() {
    forEachPart { part in
      var address = part.lowerBound
      while address < part.upperBound {
        guest_store64(address, Self.word(at: address))
        address += 8
      }
    }
  }

  /// The first address that holds something else; `nil` if all is as it was.
  func firstChange() -> UInt64? {
    var change: UInt64?
    forEachPart { part in
      var address = part.lowerBound
      while address < part.upperBound, change == nil {
        if hostile_load64(address) != Self.word(at: address) { change = address }
        address += 8
      }
    }
    return change
  }

  /// Calls `body` with the part below the tree and the one above.
  func forEachPart(_ body: (Range<UInt64>) -> Void) {
    for index in parts.indices { body(parts[index]) }
  }
}
