import Ownership
import Testing
import TestSupport

@Suite("A set of addresses")
struct AddressSetTests {
  @Test("agrees with a bitmap after every insertion and removal, over 6,000 sequences", arguments: Bitmap.origins)
  func sequences(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0x5E7 ^ origin)
    for _ in 0..<2_000 {
      var set = AddressSet()
      var bits = Bitmap(origin: origin)
      for _ in 0..<12 {
        let range = try #require(try Bitmap.randomRange(in: origin, using: &generator))
        let adds = Bool.random(using: &generator)
        if adds { set.insert(range) } else { set.remove(range) }
        bits.set(range, to: adds)
        try expect(set, equals: bits)
      }
    }
  }

  @Test("made from many ranges, and its difference from another, agree with a bitmap", arguments: Bitmap.origins)
  func bulk(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0xB17 ^ origin)
    for _ in 0..<3_000 {
      let count = Int.random(in: 0..<9, using: &generator)
      let left = try (0..<count).compactMap { _ in try Bitmap.randomRange(in: origin, using: &generator) }
      let right = try (0..<6).compactMap { _ in try Bitmap.randomRange(in: origin, using: &generator) }
      let set = AddressSet(left)
      try expect(set, equals: Bitmap(origin: origin, left))
      var difference = Bitmap(origin: origin, left)
      for range in right { difference.set(range, to: false) }
      try expect(set.subtracting(AddressSet(right)), equals: difference)
    }
  }

  @Test("answers questions about addresses and ranges as a bitmap does", arguments: Bitmap.origins)
  func queries(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0x9E4 ^ origin)
    for _ in 0..<3_000 {
      let ranges = try (0..<5).compactMap { _ in try Bitmap.randomRange(in: origin, using: &generator) }
      let set = AddressSet(ranges)
      let bits = Bitmap(origin: origin, ranges)
      let probe = try #require(try Bitmap.randomRange(in: origin, using: &generator))
      let inside = bits.flags.indices.filter { probe.contains(bits.address($0)) }.map { bits.flags[$0] }
      #expect(set.contains(probe) == !inside.contains(false))
      #expect(set.overlaps(probe) == inside.contains(true))
      #expect(set.contains(probe.base) == inside.first)
      #expect(Bitmap(origin: origin, set.intersection(probe)).flags.count { $0 } == inside.count { $0 })
    }
  }

  private func expect(_ set: AddressSet, equals bits: Bitmap) throws {
    let expected = bits.runs
    try #require(set.runs.count == expected.count)
    for (run, wanted) in zip(set.runs, expected) { #expect(run.base == wanted.first && run.last == wanted.last) }
  }
}
