import Foundation
import Ownership

extension MemoryImage {
  /// Whether something is loaded to every byte of a range, zeros included.
  func isLoaded(_ range: AddressRange) -> Bool {
    var next = range.base
    while let segment = segment(at: next) {
      if segment.memory.last >= range.last { return true }
      next = segment.memory.last + 1
    }
    return false
  }

  /// The first address of a range to which something else than zero is loaded; `nil` if there is none.
  func firstNonzero(in range: AddressRange) -> UInt64? {
    var index = firstSegment(reaching: range.base)
    while index < segments.count, let part = segments[index].memory.intersection(range) {
      if let place = segments[index].firstNonzero(in: part) { return place }
      index += 1
    }
    return nil
  }

  /// The segments that a range touches.
  func segments(overlapping range: AddressRange) -> [ImageSegment] {
    segments[firstSegment(reaching: range.base)...].prefix { $0.memory.base <= range.last }.map { $0 }
  }

  private func firstSegment(reaching address: UInt64) -> Int {
    segments.partitioningIndex { $0.memory.last >= address }
  }
}

extension ImageSegment {
  /// The first address of a part of the segment whose byte is not zero.
  fileprivate func firstNonzero(in part: AddressRange) -> UInt64? {
    let start = part.base - memory.base
    guard let from = Int(exactly: start), from < bytes.count else { return nil }
    let last = part.last - memory.base
    let end = last >= UInt64(bytes.count) ? bytes.count : Int(last) + 1
    return bytes.withUnsafeBytes { raw -> UInt64? in
      var offset = from
      while offset + 8 <= end, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) == 0 { offset += 8 }
      while offset < end {
        if raw[offset] != 0 { return memory.base + UInt64(offset) }
        offset += 1
      }
      return nil
    }
  }
}
