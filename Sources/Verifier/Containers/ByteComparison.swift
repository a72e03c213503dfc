import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Compares runs of memory of which the bytes behind a segment's own are zero, without copying any.
enum ByteComparison {
  /// The first offset in a run at which two segments differ; `nil` if they are equal there.
  ///
  /// - Parameters:
  ///   - left: a segment that holds the run from `leftStart` on.
  ///   - right: another that holds it from `rightStart` on.
  ///   - count: bytes of the run.
  static func firstDifference(
    _ left: Data, from leftStart: UInt64, _ right: Data, from rightStart: UInt64, count: UInt64
  ) -> UInt64? {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        let left = present(left, from: leftStart, count)
        let right = present(right, from: rightStart, count)
        let common = min(left.count, right.count)
        if let difference = difference(left, right, common) { return UInt64(difference) }
        let rest = UnsafeRawBufferPointer(rebasing: (left.count > right.count ? left : right)[common...])
        return rest.firstIndex { $0 != 0 }.map { UInt64(common + $0) }
      }
    }
  }

  /// The bytes of a run that a segment has itself.
  private static func present(
    _ bytes: UnsafeRawBufferPointer, from start: UInt64, _ count: UInt64
  ) -> UnsafeRawBufferPointer {
    guard start < UInt64(bytes.count) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let length = min(count, UInt64(bytes.count) - start)
    return UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(start + length)])
  }

  private static func difference(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, _ count: Int
  ) -> Int? {
    guard count > 0, let first = left.baseAddress, let second = right.baseAddress else { return nil }
    guard memcmp(first, second, count) != 0 else { return nil }
    return (0..<count).first { left[$0] != right[$0] }
  }
}
