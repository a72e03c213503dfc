import Ownership
import Testing

@testable import Partition

@Suite("Stripes: pages of some colours")
struct StripesTests {
  private static let row: UInt64 = 16 * 4096

  private func stripes(_ colours: [Int], size: UInt64, base: UInt64 = 0x5000_0000) throws -> Stripes {
    try #require(Stripes(base: base, size: size, colourCount: 16, colours: colours))
  }

  @Test(
    "each page is the next of its colours, and runs are those pages and no others",
    arguments: [
      [0], [15], [0, 1, 2, 3], [1, 3, 5, 14], Array(0..<16),
    ])
  func pages(colours: [Int]) throws {
    let stripes = try stripes(colours, size: 100 * 4096)
    var expected: [UInt64] = []
    var page = stripes.base
    while expected.count < 100 {
      if colours.contains(Int(page / 4096 % 16)) { expected.append(page) }
      page += 4096
    }
    #expect((0..<100).map { stripes.address(at: $0 * 4096) } == expected)
    let listed = stripes.runs.flatMap { Array(stride(from: $0.base, through: $0.last, by: 4096)) }
    #expect(listed == expected)
    #expect(zip(stripes.runs, stripes.runs.dropFirst()).allSatisfy { $0.end != $1.base })
    #expect(stripes.hull == AddressRange(base: expected[0], last: expected[99] + 4095))
    #expect(stripes.rows.contains(stripes.hull) && stripes.rows.size % Self.row == 0)
  }

  @Test("a part that starts and ends within pages has just its bytes")
  func part() throws {
    let stripes = try stripes([2, 3, 9], size: 64 * 4096)
    let runs = stripes.runs(from: 0x1234, size: 0x5678)
    let bytes = runs.flatMap { Array($0.base...$0.last) }
    #expect(bytes == (0..<0x5678).map { stripes.address(at: 0x1234 + $0) })
  }

  @Test("what is no row, no colour or too much is nothing")
  func refused() {
    #expect(Stripes(base: 0x1000, size: 4096, colourCount: 16, colours: [0]) == nil)
    #expect(Stripes(base: 0, size: 0, colourCount: 16, colours: [0]) == nil)
    #expect(Stripes(base: 0, size: 4096, colourCount: 16, colours: []) == nil)
    #expect(Stripes(base: 0, size: 4096, colourCount: 16, colours: [16]) == nil)
    #expect(Stripes(base: 0, size: 4096, colourCount: 16, colours: [1, 1]) == nil)
    #expect(Stripes(base: 0, size: 4096, colourCount: 12, colours: [0]) == nil)
    #expect(Stripes(base: 0, size: 4096, colourCount: 0, colours: [0]) == nil)
    #expect(Stripes(base: 0, size: .max, colourCount: 16, colours: [0]) == nil)
    #expect(Stripes(base: 0, size: 1 << 61, colourCount: 16, colours: [0]) == nil)
    #expect(Stripes(base: 0 &- Self.row, size: 17 * 4096, colourCount: 16, colours: Array(0..<16)) == nil)
    #expect(Stripes.extent(of: .max, colourCount: 16, used: 1) == nil)
    #expect(Stripes.extent(of: 5 * 4096, colourCount: 16, used: 4) == 2 * Self.row)
  }
}
