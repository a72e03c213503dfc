import Foundation
import Ownership
import Testing

@testable import Image

@Suite("The U-Boot script")
struct BootScriptTests {
  @Test("zeroes exactly the bytes of a range, whatever its bounds")
  func zeroing() throws {
    for base in 0x1000...0x1011 as ClosedRange<UInt64> {
      for size in 1...40 as ClosedRange<UInt64> {
        let range = try #require(AddressRange(base: base, size: size))
        let zeroed = try BootScript.zeroing(range).flatMap { try addresses($0) }
        #expect(zeroed == Array(range.base...range.last))
      }
    }
    let last = try #require(AddressRange(base: .max - 2, size: 3))
    #expect(BootScript.zeroing(last) == ["mw.b 0xfffffffffffffffd 0 0x3"])
  }

  /// The addresses that a command writes: `mw.b` single bytes, `mw.q` eight at a multiple of eight.
  private func addresses(_ command: String) throws -> [UInt64] {
    let words = command.split(separator: " ")
    try #require(words.count == 4 && words[2] == "0")
    let base = try #require(UInt64(words[1].dropFirst(2), radix: 16))
    let count = try #require(UInt64(words[3].dropFirst(2), radix: 16))
    let width: UInt64 = words[0] == "mw.q" ? 8 : 1
    #expect(base % width == 0 && count > 0)
    return Array(base..<base + count * width)
  }

  @Test("loads the image where the plan says, before the zeros, and starts its configuration after them")
  func order() throws {
    let zeroed = try #require(AddressRange(base: 0x5000_0000, size: 4096))
    let lines = BootScript(fitAddress: 0x4240_0000, zeroed: [zeroed]).text.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let load = try #require(lines.firstIndex { $0.contains("load ${devtype} ${devnum}:${distro_bootpart} 0x42400000") })
    let zero = try #require(lines.firstIndex(of: "mw.q 0x50000000 0 0x200"))
    let start = try #require(lines.firstIndex(of: "bootm 0x42400000#system"))
    #expect(load < zero && zero < start)
    #expect(try #require(lines.firstIndex(of: "setenv verify yes")) < start)
  }
}
