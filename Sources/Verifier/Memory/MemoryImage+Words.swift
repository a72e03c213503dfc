import Foundation
import Ownership

extension MemoryImage {
  /// The little-endian words of 64 bits at a range whose size is a multiple of 8, zeros included where a segment leaves
  /// them; `nil` unless one segment holds all of it.
  func words(at range: AddressRange) -> [UInt64]? {
    guard let segment = segment(at: range.base), segment.memory.contains(range), let size = Int(exactly: range.size),
      let offset = Int(exactly: range.base - segment.memory.base)
    else { return nil }
    let present = max(0, min(size, segment.bytes.count - offset))
    return [UInt64](unsafeUninitializedCapacity: size / 8) { words, count in
      let raw = UnsafeMutableRawBufferPointer(words)
      raw.initializeMemory(as: UInt8.self, repeating: 0)
      if present > 0 {
        segment.bytes.withUnsafeBytes {
          raw.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + present]))
        }
      }
      for index in words.indices { words[index] = UInt64(littleEndian: words[index]) }
      count = size / 8
    }
  }
}
