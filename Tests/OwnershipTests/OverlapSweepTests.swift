import Ownership
import Testing
import TestSupport

@Suite("The overlap sweep")
struct OverlapSweepTests {
  @Test("finds exactly the pairs that comparing each with each finds, over 3,000 cases", arguments: Bitmap.origins)
  func againstAllPairs(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0x53E ^ origin)
    for _ in 0..<3_000 {
      let count = Int.random(in: 0..<14, using: &generator)
      let ranges = try (0..<count).compactMap { _ in try Bitmap.randomRange(in: origin, using: &generator) }
      var expected: Set<Set<Int>> = []
      for left in ranges.indices {
        for right in ranges.indices where left < right && ranges[left].overlaps(ranges[right]) {
          expected.insert([left, right])
        }
      }
      let pairs = OverlapSweep.pairs(among: ranges)
      #expect(Set(pairs.map { [$0.first, $0.second] }) == expected)
      #expect(pairs.count == expected.count)
      #expect(pairs.allSatisfy { ranges[$0.first].intersection(ranges[$0.second]) == $0.overlap })
      #expect(pairs.map(\.overlap.base) == pairs.map(\.overlap.base).sorted())
    }
  }

  @Test("stops at its limit and looks only for pairs that matter")
  func limits() throws {
    let page = try #require(AddressRange(base: 0x1000, size: 0x1000))
    let same = [AddressRange](repeating: page, count: 1_000)
    #expect(OverlapSweep.pairs(among: same, limit: 7).count == 7)
    #expect(OverlapSweep.pairs(among: same, where: { $0 == 0 && $1 == 999 }).count == 1)
    #expect(OverlapSweep.pairs(among: same, limit: 0).isEmpty)
  }

  @Test("finds the one overlap among 100,000 regions that touch")
  func needle() throws {
    var ranges = (0..<100_000).compactMap { AddressRange(base: $0 * 0x1000, size: 0x1000) }
    #expect(OverlapSweep.pairs(among: ranges).isEmpty)
    ranges.append(try #require(AddressRange(base: 0x1234_5000, size: 1)))
    let pairs = OverlapSweep.pairs(among: ranges)
    #expect(pairs.map(\.first) == [0x12345])
    #expect(pairs.map(\.second) == [100_000])
  }
}
