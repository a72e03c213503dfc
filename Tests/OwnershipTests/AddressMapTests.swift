import Ownership
import Testing
import TestSupport

@Suite("A map from addresses to values")
struct AddressMapTests {
  /// The naive oracle: a value for each address, or none.
  private struct Cells: Equatable {
    var values = [Int?](repeating: nil, count: Bitmap.length)

    init() {}

    init(_ map: AddressMap<Int>, origin: UInt64) {
      for index in values.indices { values[index] = map.value(at: origin + UInt64(index)) }
    }
  }

  @Test("keeps what came first, reports what was in the way, and joins neighbours", arguments: Bitmap.origins)
  func insertion(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0x3A9 ^ origin)
    for _ in 0..<2_000 {
      var map = AddressMap<Int>()
      var cells = Cells()
      for _ in 0..<10 {
        let range = try #require(try Bitmap.randomRange(in: origin, using: &generator))
        let value = Int.random(in: 0..<3, using: &generator)
        var inTheWay = Bitmap(origin: origin)
        for index in cells.values.indices where range.contains(origin + UInt64(index)) {
          if let present = cells.values[index] {
            inTheWay.flags[index] = present != value
          } else {
            cells.values[index] = value
          }
        }
        let conflicts = map.insert(range, value)
        #expect(Bitmap(origin: origin, conflicts.map(\.range)) == inTheWay)
        #expect(conflicts.allSatisfy { $0.value != value })
        #expect(Cells(map, origin: origin) == cells)
        for (run, next) in zip(map.runs, map.runs.dropFirst()) {
          #expect(run.range.last < next.range.base)
          #expect(!(run.range.touches(next.range) && run.value == next.value))
        }
      }
    }
  }

  @Test("differs from another exactly where a cell does", arguments: Bitmap.origins)
  func differences(origin: UInt64) throws {
    var generator = SeededGenerator(seed: 0xD1F ^ origin)
    for _ in 0..<3_000 {
      var left = AddressMap<Int>()
      var right = AddressMap<Int>()
      for _ in 0..<6 {
        let range = try #require(try Bitmap.randomRange(in: origin, using: &generator))
        let value = Int.random(in: 0..<2, using: &generator)
        _ = left.insert(range, value)
        if Bool.random(using: &generator) { _ = right.insert(range, value) }
        let other = try #require(try Bitmap.randomRange(in: origin, using: &generator))
        if Bool.random(using: &generator) { _ = right.insert(other, value) }
      }
      var found = Cells()
      var expected = Cells()
      var covered = Bitmap(origin: origin)
      for difference in left.differences(from: right) {
        #expect(difference.expected != difference.found)
        for index in found.values.indices where difference.range.contains(origin + UInt64(index)) {
          #expect(!covered.flags[index])
          covered.flags[index] = true
          expected.values[index] = difference.expected
          found.values[index] = difference.found
        }
      }
      let mine = Cells(left, origin: origin)
      let theirs = Cells(right, origin: origin)
      for index in covered.flags.indices {
        #expect(covered.flags[index] == (mine.values[index] != theirs.values[index]))
        if covered.flags[index] {
          #expect(expected.values[index] == mine.values[index])
          #expect(found.values[index] == theirs.values[index])
        }
      }
      #expect(left.differences(from: left).isEmpty)
    }
  }
}
