/// Little-endian numbers out of bytes that nobody has checked: outside the bytes every answer is `nil`.
struct ByteReader: Sendable {
  private let bytes: ArraySlice<UInt8>

  /// Reads from `bytes`; offsets count from their start.
  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// How many bytes there are.
  var count: Int { bytes.count }

  /// The byte at `offset`.
  func u8(_ offset: Int) -> UInt8? { number(offset, 1).map(UInt8.init) }

  /// The two bytes from `offset`.
  func u16(_ offset: Int) -> UInt16? { number(offset, 2).map(UInt16.init) }

  /// The four bytes from `offset`.
  func u32(_ offset: Int) -> UInt32? { number(offset, 4).map(UInt32.init) }

  /// The eight bytes from `offset`.
  func u64(_ offset: Int) -> UInt64? { number(offset, 8) }

  /// Whether `expected` stands at `offset`.
  func has(_ expected: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, expected.count <= count, offset <= count - expected.count else { return false }
    return bytes.dropFirst(offset).prefix(expected.count).elementsEqual(expected)
  }

  private func number(_ offset: Int, _ length: Int) -> UInt64? {
    guard offset >= 0, length <= count, offset <= count - length else { return nil }
    let start = bytes.startIndex + offset
    return bytes[start..<start + length].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
