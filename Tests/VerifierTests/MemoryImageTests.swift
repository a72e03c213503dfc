import Foundation
import Testing

@testable import Verifier

@Suite("What is in memory at the start")
struct MemoryImageTests {
  private func segment(_ name: String, _ address: UInt64, _ bytes: [UInt8], memory: UInt64) throws -> ImageSegment {
    try #require(ImageSegment(name: name, address: address, bytes: Data(bytes), memorySize: memory))
  }

  @Test("two segments that overlap are refused, and both are named")
  func overlap() throws {
    let first = try segment("a.bin", 0x1000, [1, 2], memory: 0x20)
    let second = try segment("b.bin", 0x101F, [3], memory: 1)
    #expect {
      try MemoryImage(name: "image", entry: 0x1000, segments: [second, first])
    } throws: { error in
      let message = (error as? VerifierError)?.finding.message ?? ""
      return message.contains("a.bin") && message.contains("b.bin")
    }
  }

  @Test("memory behind a segment's bytes reads as zero, and memory of no segment cannot be read")
  func zeros() throws {
    let image = try MemoryImage(
      name: "image", entry: 0x1000, segments: [try segment("a.bin", 0x1000, [1, 2], memory: 4)])
    #expect(image.bytes(at: try #require(.init(base: 0x1001, size: 3))) == [2, 0, 0])
    #expect(image.bytes(at: try #require(.init(base: 0x1003, size: 2))) == nil)
    #expect(image.segment(at: 0xFFF) == nil)
  }
}
