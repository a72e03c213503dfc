import Ownership

/// A cpio archive of the “new ASCII” kind, as Linux unpacks it (Documentation/driver-api/early-userspace/buffer-format).
enum CPIOArchive {
  /// Bytes of an entry's header: the magic and thirteen numbers of eight hexadecimal digits.
  private static let headerLength = 110
  /// The name of the entry that ends an archive.
  private static let trailer = Array("TRAILER!!!\0".utf8)
  /// More entries than this no initial RAM file system has; the walk ends there, without a verdict on the rest.
  private static let mostEntries = 100_000

  /// Follows the entries of the first archive in `file` to its trailer.
  static func check(_ file: borrowing PayloadFile) throws(PayloadProblem) {
    var offset: UInt64 = 0
    for _ in 0..<mostEntries {
      let header = try file.bytes(at: offset, count: headerLength + trailer.count)
      guard header.count >= headerLength, let nameSize = number(header, field: 11), let size = number(header, field: 6)
      else { throw .malformed("its cpio archive breaks off at offset \(offset.hexadecimal), before its trailer") }
      guard header.starts(with: FileSignature.cpioMagic) else {
        throw .malformed("its cpio archive has no entry at offset \(offset.hexadecimal), where one should start")
      }
      if header.dropFirst(headerLength).elementsEqual(trailer) { return }
      guard let data = (offset + UInt64(headerLength) + nameSize).roundedUp(to: 4),
        let next = (data + size).roundedUp(to: 4), next > offset
      else { return }
      guard data + size <= file.size else {
        throw .malformed(
          "its cpio archive breaks off: the entry at offset \(offset.hexadecimal) needs \((data + size).hexadecimal) bytes, "
            + "and the file has \(file.size.hexadecimal)")
      }
      offset = next
    }
  }

  /// One of the thirteen numbers behind the magic, by position from 0; `nil` if it is none.
  private static func number(_ header: [UInt8], field: Int) -> UInt64? {
    let start = 6 + field * 8
    let digits = String(decoding: header[start..<start + 8], as: UTF8.self)
    return digits.allSatisfy(\.isHexDigit) ? UInt64(digits, radix: 16) : nil
  }
}
