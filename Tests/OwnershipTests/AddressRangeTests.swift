import Ownership
import Testing
import TestSupport

@Suite("An address range")
struct AddressRangeTests {
  @Test("is refused when it is empty or runs past 2^64")
  func refusal() {
    #expect(AddressRange(base: 0x1000, size: 0) == nil)
    #expect(AddressRange(base: .max, size: 2) == nil)
    #expect(AddressRange(base: 0x1000, size: .max) == nil)
    #expect(AddressRange(base: 5, last: 4) == nil)
  }

  @Test("may end exactly at 2^64")
  func lastByte() throws {
    let edge = try #require(AddressRange(base: .max - 0xFFF, size: 0x1000))
    #expect(edge.last == .max)
    #expect(edge.end == nil)
    #expect(edge.size == 0x1000)
    #expect(edge.isAligned(to: Granule.page))
    #expect(edge.roundedOutward(to: Granule.block2MiB).last == .max)
    #expect(edge.moved(from: edge.base, to: edge.base + 1) == nil)
  }

  @Test("of all 2^64 addresses contains everything and says one byte too few")
  func everything() {
    let all = AddressRange.everything
    #expect(all.size == .max)
    #expect(all.contains(0) && all.contains(.max))
    #expect(all.isAligned(to: 1 << 63))
    #expect(all.subtracting(all).isEmpty)
    #expect(all.roundedInward(to: Granule.block1GiB) == all)
  }

  @Test("that only touches another does not overlap it")
  func touching() throws {
    let low = try #require(AddressRange(base: 0x1000, size: 0x1000))
    let high = try #require(AddressRange(base: 0x2000, size: 0x1000))
    #expect(!low.overlaps(high) && !high.overlaps(low))
    #expect(low.touches(high) && high.touches(low))
    #expect(low.merged(with: high)?.size == 0x2000)
  }

  @Test("agrees with a bitmap in every operation on two ranges, over 5,000 cases", arguments: Bitmap.origins)
  func pairs(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0xB01D ^ origin)
    for _ in 0..<5_000 {
      let left = try #require(try Bitmap.randomRange(in: origin, using: &generator))
      let right = try #require(try Bitmap.randomRange(in: origin, using: &generator))
      let leftBits = Bitmap(origin: origin, [left])
      let rightBits = Bitmap(origin: origin, [right])
      let both = zip(leftBits.flags, rightBits.flags).map { $0 && $1 }
      let without = zip(leftBits.flags, rightBits.flags).map { $0 && !$1 }
      #expect(left.overlaps(right) == both.contains(true))
      #expect(left.contains(right) == (both == rightBits.flags))
      #expect(Bitmap(origin: origin, [left.intersection(right)].compactMap { $0 }).flags == both)
      let rest = left.subtracting(right)
      #expect(Bitmap(origin: origin, rest).flags == without)
      #expect(rest.count == Bitmap(origin: origin, rest).runs.count)
      #expect(left.size == UInt64(leftBits.flags.count { $0 }))
      if let union = left.merged(with: right) {
        #expect(Bitmap(origin: origin, [union]) == Bitmap(origin: origin, [left, right]))
      } else {
        #expect(Bitmap(origin: origin, [left, right]).runs.count == 2)
      }
    }
  }

  @Test("rounds outward and inward as a bitmap of 8-byte pieces does, over 5,000 cases", arguments: Bitmap.origins)
  func rounding(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0xA119 ^ origin)
    for _ in 0..<5_000 {
      let range = try #require(try Bitmap.randomRange(in: origin, using: &generator))
      let bits = Bitmap(origin: origin, [range])
      var outward = Bitmap(origin: origin)
      var inward = Bitmap(origin: origin)
      for piece in stride(from: 0, to: Bitmap.length, by: 8) {
        let flags = bits.flags[piece..<piece + 8]
        for index in piece..<piece + 8 {
          outward.flags[index] = flags.contains(true)
          inward.flags[index] = !flags.contains(false)
        }
      }
      #expect(Bitmap(origin: origin, [range.roundedOutward(to: 8)]) == outward)
      #expect(Bitmap(origin: origin, [range.roundedInward(to: 8)].compactMap { $0 }) == inward)
      #expect(range.isAligned(to: 8) == (bits == outward))
    }
  }

  @Test("moves to another origin and back, or says that it cannot, over 5,000 cases")
  func moving() throws {
    var generator = SeededGenerator(seed: 0x1107E)
    for _ in 0..<5_000 {
      let base = UInt64.random(in: 0 ... .max, using: &generator)
      let size = UInt64.random(in: 1...0x1_0000, using: &generator)
      let target = UInt64.random(in: 0 ... .max, using: &generator)
      guard let range = AddressRange(base: base, size: size) else { continue }
      let moved = range.moved(from: base, to: target)
      #expect(moved == AddressRange(base: target, size: size))
      if let moved { #expect(moved.moved(from: target, to: base) == range) }
    }
  }
}
