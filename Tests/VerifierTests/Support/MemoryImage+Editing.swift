import Foundation
import Ownership

@testable import Verifier

extension MemoryImage {
  /// The image with a little-endian number at an address changed; as it was where nothing is loaded there.
  func editing<Number: FixedWidthInteger>(_ address: UInt64, _ edit: (Number) -> Number) throws -> MemoryImage {
    let size = MemoryLayout<Number>.size
    let changed = try segments.map { segment -> ImageSegment in
      guard segment.memory.contains(address), let offset = Int(exactly: address - segment.memory.base),
        offset + size <= segment.bytes.count
      else { return segment }
      var bytes = segment.bytes
      let place = bytes.startIndex + offset
      var number: Number = 0
      for index in (0..<size).reversed() { number = number << 8 | Number(bytes[place + index]) }
      let edited = edit(number)
      for index in 0..<size { bytes[place + index] = UInt8(truncatingIfNeeded: edited >> Number(8 * index)) }
      guard
        let result = ImageSegment(
          name: segment.name, address: segment.memory.base, bytes: bytes, memorySize: segment.memory.size)
      else { throw BuiltSystem.Refused(description: "a segment was lost") }
      return result
    }
    return try MemoryImage(name: name, entry: entry, segments: changed)
  }

  /// The word of 64 bits at an address.
  func word(_ address: UInt64) -> UInt64 {
    AddressRange(base: address, size: 8).flatMap { words(at: $0) }?.first ?? 0
  }
}
