import Crypto

/// SHA-256 of the compiler's inputs, as the lock file and the evidence carry it.
public enum InputDigest {
  /// Bytes that are read and hashed at a time.
  private static let pieceLength = 1 << 20

  /// SHA-256 of a file in 64 hexadecimal digits, without ever holding more than a piece of it.
  public static func sha256(ofFile path: String) throws(PayloadProblem) -> String { try digest(ofFile: path).sha256 }

  /// The same with the file's size in bytes.
  public static func digest(ofFile path: String) throws(PayloadProblem) -> (size: UInt64, sha256: String) {
    let file = try PayloadFile(path)
    var hash = SHA256()
    var offset: UInt64 = 0
    while offset < file.size {
      let piece = try file.bytes(at: offset, count: pieceLength)
      guard !piece.isEmpty else { throw .unreadable("it became shorter while it was read") }
      hash.update(data: piece)
      offset += UInt64(piece.count)
    }
    return (offset, text(hash.finalize()))
  }

  /// SHA-256 of bytes in 64 hexadecimal digits.
  public static func sha256(of bytes: [UInt8]) -> String { text(SHA256.hash(data: bytes)) }

  private static func text(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
