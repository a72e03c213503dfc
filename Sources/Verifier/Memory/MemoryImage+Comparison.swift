import Foundation
import Ownership

extension MemoryImage {
  /// The offset of the first byte in which memory from an address on differs from `bytes`; `nil` if it is the same. What no
  /// segment holds is a difference, even from zero.
  func firstDifference(from bytes: Data, at address: UInt64) -> UInt64? {
    var done = 0
    while done < bytes.count {
      let (here, overflow) = address.addingReportingOverflow(UInt64(done))
      guard !overflow, let segment = segment(at: here) else { return UInt64(done) }
      let start = Int(clamping: here - segment.memory.base)
      let count = min(bytes.count - done, Int(clamping: segment.memory.last - here) &+ 1)
      if let offset = segment.firstDifference(from: bytes.dropFirst(done).prefix(count), at: start) {
        return UInt64(done + offset)
      }
      done += count
    }
    return nil
  }
}

extension ImageSegment {
  /// The offset of the first byte in which the segment from `start` on differs from `other`, which it has room for.
  fileprivate func firstDifference(from other: Data, at start: Int) -> Int? {
    let present = start < bytes.count ? bytes.dropFirst(start).prefix(other.count) : Data()
    let common = present.count
    if let offset = present.firstDifference(from: other.prefix(common)) { return offset }
    return other.dropFirst(common).firstIndexOfNonzero.map { common + $0 }
  }
}

extension Data {
  /// The offset of the first byte in which two runs of equal length differ.
  fileprivate func firstDifference(from other: Data) -> Int? {
    withUnsafeBytes { mine in
      other.withUnsafeBytes { theirs -> Int? in
        let count = Swift.min(mine.count, theirs.count)
        guard count > 0, let left = mine.baseAddress, let right = theirs.baseAddress, left != right,
          memcmp(left, right, count) != 0
        else { return nil }
        return (0..<count).first { mine[$0] != theirs[$0] }
      }
    }
  }

  /// The offset of the first byte that is not zero.
  fileprivate var firstIndexOfNonzero: Int? {
    withUnsafeBytes { bytes -> Int? in
      let words = bytes.count / 8
      for word in 0..<words where bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) != 0 {
        return (word * 8..<word * 8 + 8).first { bytes[$0] != 0 }
      }
      return (words * 8..<bytes.count).first { bytes[$0] != 0 }
    }
  }
}
