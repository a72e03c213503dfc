import Ownership
import TestSupport

/// The naive oracle: one flag for each address of a window of the address space.
struct Bitmap: Equatable {
  /// How many addresses a window has.
  static let length = 96

  /// The first address of the window; with `2^64 - length` the window ends where the address space does.
  let origin: UInt64
  var flags = [Bool](repeating: false, count: Bitmap.length)

  init(origin: UInt64) { self.origin = origin }

  init(origin: UInt64, _ ranges: some Sequence<AddressRange>) {
    self.origin = origin
    for range in ranges { set(range, to: true) }
  }

  mutating func set(_ range: AddressRange, to value: Bool) {
    for index in flags.indices where range.base <= address(index) && address(index) <= range.last {
      flags[index] = value
    }
  }

  func address(_ index: Int) -> UInt64 { origin + UInt64(index) }

  /// The runs of set flags, as an independent count of what a sorted set must hold.
  var runs: [(first: UInt64, last: UInt64)] {
    var result: [(first: UInt64, last: UInt64)] = []
    for index in flags.indices where flags[index] {
      if index > 0, flags[index - 1], let open = result.last {
        result[result.count - 1] = (open.first, address(index))
      } else {
        result.append((address(index), address(index)))
      }
    }
    return result
  }

  /// Windows at the start, in the middle and at the very end of the address space.
  static let origins: [UInt64] = [0, 0x4000_0000, UInt64.max - UInt64(Bitmap.length - 1)]

  static func randomRange(in origin: UInt64, using generator: inout SeededGenerator) throws -> AddressRange? {
    let first = Int.random(in: 0..<length, using: &generator)
    let last = Int.random(in: first..<min(length, first + 24), using: &generator)
    return AddressRange(base: origin + UInt64(first), last: origin + UInt64(last))
  }
}
