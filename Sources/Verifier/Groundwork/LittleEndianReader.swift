import Foundation

/// Little-endian numbers at offsets of a file, none of which is trusted.
struct LittleEndianReader {
  private let bytes: Data

  /// Reads from a file.
  init(_ bytes: Data) { self.bytes = bytes }

  /// The number at an offset; `nil` where the file does not hold all of it.
  func number<Number: FixedWidthInteger>(at offset: UInt64) -> Number? {
    let width = Number.bitWidth / 8
    guard let start = Int(exactly: offset), start <= bytes.count, bytes.count - start >= width else { return nil }
    var number: Number = 0
    for (index, byte) in bytes[bytes.startIndex + start..<bytes.startIndex + start + width].enumerated() {
      number |= Number(truncatingIfNeeded: byte) << Number(8 * index)
    }
    return number
  }

  /// The bytes at an offset; `nil` where the file does not hold all of them.
  func part(at offset: UInt64, size: UInt64) -> Data? {
    guard let start = Int(exactly: offset), let count = Int(exactly: size), start <= bytes.count,
      bytes.count - start >= count
    else { return nil }
    return bytes[bytes.startIndex + start..<bytes.startIndex + start + count]
  }
}
