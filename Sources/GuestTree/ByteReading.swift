extension Span where Element == UInt8 {
  /// The big-endian 32-bit number at a byte offset; `nil` where it would leave the bytes.
  func number32(at offset: Int) -> UInt32? {
    guard offset >= 0, count >= 4, offset <= count - 4 else { return nil }
    return UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
      | UInt32(self[offset + 3])
  }

  /// The run of bytes from an offset up to (not including) the first zero; `nil` if none comes within the bytes.
  func string(at offset: Int) -> Range<Int>? {
    guard offset >= 0 else { return nil }
    var end = offset
    while end < count {
      if self[end] == 0 { return offset..<end }
      end += 1
    }
    return nil
  }

  /// Whether these bytes are exactly that text.
  func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= count else { return false }
    var index = 0
    while index < range.count {
      guard unsafe self[range.lowerBound + index] == text.utf8Start[index] else { return false }
      index += 1
    }
    return true
  }

  /// Whether two runs hold the same bytes.
  func matches(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count, left.lowerBound >= 0, right.lowerBound >= 0, left.upperBound <= count,
      right.upperBound <= count
    else { return false }
    var index = 0
    while index < left.count {
      guard self[left.lowerBound + index] == self[right.lowerBound + index] else { return false }
      index += 1
    }
    return true
  }
}
