import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("Images that were overwritten at random")
struct CorruptionTests {
  /// The hypervisor's segment from the partition table on with some words replaced.
  private func corrupted(_ built: BuiltSystem, _ system: FinishedSystem, seed: UInt64) throws -> MemoryImage {
    var random = SeededGenerator(seed: seed)
    let start = system.partition.range.base
    let segment = try #require(built.image.segment(at: start))
    var bytes = segment.bytes
    let first = Int(start - segment.memory.base)
    let interesting: [UInt64] = [0, .max, 1 << 63, 0x8000_0000_0000, start, system.partition.hypervisor.base | 0b11]
    for _ in 0..<Int(1 + random.next() % 8) {
      // Half of the words are of the partition table, a small part of it all.
      let reach = random.next() % 2 == 0 ? Int(system.partition.range.size) : bytes.count - first
      let offset = first + Int(random.next() % UInt64(reach / 8)) * 8
      let value = random.next() % 2 == 0 ? random.next() : interesting[Int(random.next() % UInt64(interesting.count))]
      for index in 0..<8 {
        bytes[bytes.startIndex + offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
      }
    }
    let others = built.image.segments.filter { $0.memory != segment.memory }
    let changed = ImageSegment(
      name: segment.name, address: segment.memory.base, bytes: bytes, memorySize: segment.memory.size)
    return try MemoryImage(name: "corrupted", entry: built.image.entry, segments: others + [try #require(changed)])
  }

  @Test(
    "are refused with findings that are few and have words, whatever stands there", arguments: 0..<150 as Range<UInt64>)
  func refused(seed: UInt64) throws {
    let built = try BuiltSystem.cockpit.get()
    let image = try corrupted(built, built.system(), seed: seed)
    let verification = Verifier(built.context).verify(image: image, pieces: built.pieces)
    // Zeros over zeros change nothing.
    let isWhole = zip(image.segments, built.image.segments).allSatisfy { $0.bytes == $1.bytes }
    #expect(verification.isAccepted == isWhole)
    #expect(verification.findings.allSatisfy { !$0.message.isEmpty && $0.message.count < 2000 })
    for claim in verification.claims { #expect(claim.findings.count <= 200, "\(claim.claim.id.rawValue)") }
  }
}
