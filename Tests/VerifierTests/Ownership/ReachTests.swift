import BulkheadKit
import TestSupport
import Testing

@testable import Verifier

@Suite("What all domains reach together")
struct ReachTests {
  private func stage2(_ leaves: [Leaf]) throws -> TranslationReading {
    TranslationReading(
      inputBits: 32, startLevel: 1, root: try #require(AddressRange(base: 0, size: 4096)), tables: [],
      leaves: leaves.sorted { $0.input < $1.input }, findings: [])
  }

  @Test("is, page by page, what each of their tables says", arguments: 0..<60)
  func pages(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var expected: [UInt64: [String]] = [:]
    var readings: [TranslationReading] = []
    for domain in 0..<3 {
      var leaves: [Leaf] = []
      var input: UInt64 = 0
      for _ in 0..<Int.random(in: 0...30, using: &generator) {
        input += UInt64.random(in: 1...3, using: &generator) * 4096
        let output = UInt64.random(in: 0..<40, using: &generator) * 4096
        // Access rights in S2AP, bits 7:6.
        let rights = UInt64.random(in: 1...3, using: &generator) << 6
        leaves.append(Leaf(input: input, output: output, level: 3, descriptor: output | rights | 3, place: input))
        expected[output, default: []].append("\(domain) \(rights)")
      }
      readings.append(try stage2(leaves))
    }
    let reach = Reach(readings)
    var found: [UInt64: [String]] = [:]
    for segment in reach.segments {
      for page in stride(from: segment.range.base, through: segment.range.last, by: 4096) {
        #expect(found[page] == nil, "two segments have \(page.hexadecimal)")
        found[page] = segment.holders.map { "\($0.domain) \(UInt64($0.grant.rights.rawValue & 3) << 6)" }
      }
    }
    #expect(found.mapValues { $0.sorted() } == expected.mapValues { $0.sorted() })
    #expect(reach.segment(at: 40 * 4096) == nil)
    for page in expected.keys { #expect(reach.segment(at: page + 5)?.range.contains(page) == true) }
  }

  @Test("allows what the descriptor's bits allow, and execution unless XN forbids it to EL1 and EL0")
  func grants() {
    #expect(Stage2Grant(0b1111 << 2 | 0b11 << 6) == .memory)
    #expect(Stage2Grant(0b0001 << 2 | 0b11 << 6 | 1 << 54) == .device)
    #expect(Stage2Grant(0b0101 << 2 | 0b11 << 6 | 1 << 54) == .channelWriter)
    #expect(Stage2Grant(0b0101 << 2 | 0b01 << 6 | 1 << 54) == .channelReader)
    for xn: UInt64 in [0b00, 0b01, 0b11] { #expect(Stage2Grant(xn << 53).rights.contains(.execute)) }
    #expect(Stage2Grant(0b0110 << 2).type == .other)
  }
}
