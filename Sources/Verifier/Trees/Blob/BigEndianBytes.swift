/// Bytes that are read as the big-endian numbers of a flattened device tree; whatever lies outside is `nil`.
struct BigEndianBytes {
  private let bytes: UnsafeRawBufferPointer

  /// Wraps bytes, which have to outlive this value.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// How many there are.
  var count: Int { bytes.count }

  /// The number in the four bytes at an offset.
  func word(_ offset: Int) -> UInt32? {
    guard offset >= 0, offset <= count - 4 else { return nil }
    return UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The byte at an offset.
  func byte(_ offset: Int) -> UInt8? { offset >= 0 && offset < count ? bytes[offset] : nil }

  /// A part; `nil` if it is not all there.
  func slice(_ offset: UInt32, _ size: UInt32) -> BigEndianBytes? {
    let (start, length) = (Int(offset), Int(size))
    guard start <= count, length <= count - start else { return nil }
    return BigEndianBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
  }

  /// Offset of the first zero byte from an offset on.
  func zero(from offset: Int) -> Int? {
    var next = offset
    while next < count {
      if bytes[next] == 0 { return next }
      next += 1
    }
    return nil
  }

  /// Whether all bytes of a part are zero; what lies outside does not count.
  func isZero(from start: Int, to end: Int) -> Bool {
    var next = max(0, start)
    let end = min(end, count)
    while next < end {
      if bytes[next] != 0 { return false }
      next += 1
    }
    return true
  }

  /// Whether the text that starts at `other`, its final zero included, is the one that starts at `offset`.
  func isSameText(at offset: Int, as other: Int, length: Int) -> Bool {
    guard offset >= 0, other >= 0, offset <= count - length, other <= count - length else { return false }
    var next = 0
    while next < length {
      if bytes[offset + next] != bytes[other + next] { return false }
      next += 1
    }
    return true
  }
}
