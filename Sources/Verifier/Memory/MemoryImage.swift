import Foundation
import Ownership

/// What is in memory when the first instruction runs at EL2, whatever container it came in.
public struct MemoryImage: Sendable {
  /// What a message calls the container: `image.elf`, `the pieces of load-map.json`.
  public let name: String
  /// Physical address of the first instruction.
  public let entry: UInt64
  /// The segments in address order; no two overlap.
  public let segments: [ImageSegment]

  /// Takes segments in any order.
  ///
  /// - Throws: `VerifierError` if two overlap.
  public init(name: String, entry: UInt64, segments: [ImageSegment]) throws(VerifierError) {
    let ordered = segments.sorted { $0.memory.base < $1.memory.base }
    for (segment, next) in zip(ordered, ordered.dropFirst()) where next.memory.base <= segment.memory.last {
      throw VerifierError(
        VerifierRules.container, "\(name) puts \(next.name) at \(next.memory) over \(segment.name) at \(segment.memory)"
      )
    }
    self.name = name
    self.entry = entry
    self.segments = ordered
  }

  /// The segment that holds an address.
  public func segment(at address: UInt64) -> ImageSegment? {
    let index = segments.partitioningIndex { $0.memory.last >= address }
    return index < segments.count && segments[index].memory.contains(address) ? segments[index] : nil
  }

  /// The bytes at a range, zeros included where a segment leaves them; `nil` unless one segment holds all of it.
  public func bytes(at range: AddressRange) -> [UInt8]? {
    guard let segment = segment(at: range.base), segment.memory.contains(range), let count = Int(exactly: range.size)
    else { return nil }
    let offset = Int(range.base - segment.memory.base)
    let present = max(0, min(count, segment.bytes.count - offset))
    var bytes = [UInt8](repeating: 0, count: count)
    guard present > 0 else { return bytes }
    segment.bytes.withUnsafeBytes { source in
      bytes.withUnsafeMutableBytes {
        $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + present]))
      }
    }
    return bytes
  }

  /// The bytes at several ranges, one behind the other; `nil` unless each is in one segment.
  func bytes(at ranges: [AddressRange]) -> [UInt8]? {
    var all: [UInt8] = []
    for range in ranges {
      guard let part = bytes(at: range) else { return nil }
      all += part
    }
    return all
  }
}
