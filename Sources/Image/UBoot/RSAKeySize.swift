import FoundationEssentials

/// How long an RSA key's modulus is.
enum RSAKeySize {
  /// Bits of the modulus of a private key in PEM, as PKCS #1 (RFC 8017, A.1.2) or PKCS #8 (RFC 5958, section 2); `nil`
  /// if it is anything else, an encrypted key among them.
  static func bits(pem: [UInt8]) -> Int? {
    guard let text = String(validating: pem, as: UTF8.self) else { return nil }
    for (label, isWrapped) in [("RSA PRIVATE KEY", false), ("PRIVATE KEY", true)] {
      guard let start = text.range(of: "-----BEGIN \(label)-----"),
        let end = text.range(of: "-----END \(label)-----", range: start.upperBound..<text.endIndex),
        let data = Data(
          base64Encoded: String(text[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }))
      else { continue }
      return isWrapped ? wrapped([UInt8](data)) : plain(ArraySlice([UInt8](data)))
    }
    return nil
  }

  /// OneAsymmetricKey: version, algorithm with its identifier, then RSAPrivateKey in an octet string.
  private static func wrapped(_ der: [UInt8]) -> Int? {
    var outer = ArraySlice(der)
    guard var key = take(0x30, from: &outer), take(0x02, from: &key) != nil,
      var algorithm = take(0x30, from: &key), let identifier = take(0x06, from: &algorithm),
      // rsaEncryption, 1.2.840.113549.1.1.1.
      Array(identifier) == [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1],
      let octets = take(0x04, from: &key)
    else { return nil }
    return plain(octets)
  }

  /// RSAPrivateKey: version, modulus, and more.
  private static func plain(_ der: ArraySlice<UInt8>) -> Int? {
    var outer = der
    guard var key = take(0x30, from: &outer), take(0x02, from: &key) != nil, let modulus = take(0x02, from: &key),
      let first = modulus.firstIndex(where: { $0 != 0 })
    else { return nil }
    return (modulus.endIndex - first) * 8 - modulus[first].leadingZeroBitCount
  }

  /// Contents of the element of type `tag` at the start, which is taken away (X.690, section 8.1).
  private static func take(_ tag: UInt8, from bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard bytes.popFirst() == tag, let first = bytes.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      // More than three bytes of length no key has.
      let count = Int(first & 0x7F)
      guard (1...3).contains(count), bytes.count >= count else { return nil }
      length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      bytes = bytes.dropFirst(count)
    }
    guard length <= bytes.count else { return nil }
    defer { bytes = bytes.dropFirst(length) }
    return bytes.prefix(length)
  }
}
