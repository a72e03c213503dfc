import Ownership

@testable import Verifier

/// Looks one address up as the hardware does, entry by entry from the root, and shares nothing with the walker: 4 KiB
/// granule, 48-bit output addresses (Arm DDI 0487J.a, D8.2).
struct SlowLookup {
  let image: MemoryImage
  let root: UInt64
  let inputBits: Int
  let startLevel: Int

  /// The output address and the descriptor that ends the lookup; `nil` for a translation fault.
  func look(up address: UInt64) -> (output: UInt64, descriptor: UInt64)? {
    guard address < (1 as UInt64) << UInt64(inputBits) else { return nil }
    var table = root
    var shift = UInt64(39 - 9 * startLevel)
    var index = address >> shift
    while true {
      let descriptor = image.word(table + 8 * index)
      guard descriptor % 2 == 1 else { return nil }
      let next = descriptor % (1 << 48) / 4096 * 4096
      if shift == 12 || descriptor & 2 == 0 {
        guard shift != 39, (shift == 12) == (descriptor & 2 == 2) else { return nil }
        let size = (1 as UInt64) << shift
        return (output: next / size * size + address % size, descriptor)
      }
      table = next
      shift -= 9
      index = address / ((1 as UInt64) << shift) % 512
    }
  }
}
