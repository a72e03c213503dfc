import Ownership

/// One line of a certificate, read word by word from its start; every word is taken or the line is refused.
struct CertificateLine {
  /// A line that is not what it should be.
  struct Malformed: Error {
    /// What was expected.
    let expected: String
  }

  private var rest: Substring.UTF8View

  /// Starts at the first word.
  init(_ text: Substring) { rest = text.utf8 }

  /// Whether nothing is left.
  var isAtEnd: Bool { rest.isEmpty }

  /// The next bare word.
  mutating func word(_ expected: String) throws(Malformed) -> String {
    let end = rest.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
    let word = Substring(rest[..<end])
    guard !word.isEmpty else { throw Malformed(expected: expected) }
    try skip(to: end)
    return String(word)
  }

  /// The next word, which is a name between quotation marks.
  mutating func name(_ expected: String) throws(Malformed) -> String {
    guard rest.first == UInt8(ascii: "\""), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
      throw Malformed(expected: "\(expected) between quotation marks")
    }
    let inside = Substring(rest[rest.index(after: rest.startIndex)..<end])
    guard let name = Self.unescaped(inside) else { throw Malformed(expected: "\(expected) without foreign characters") }
    try skip(to: rest.index(after: end))
    return name
  }

  /// The next word, which is a decimal number in its one spelling.
  mutating func number<Number: FixedWidthInteger>(_ expected: String) throws(Malformed) -> Number {
    let word = try word(expected)
    guard let number = Number(word), String(number) == word else { throw Malformed(expected: expected) }
    return number
  }

  /// The next word, which is a hexadecimal number in its one spelling.
  mutating func address<Number: FixedWidthInteger & UnsignedInteger>(_ expected: String) throws(Malformed) -> Number {
    guard let number: Number = Self.address(try word(expected)) else { throw Malformed(expected: expected) }
    return number
  }

  /// The next word, which is a range of addresses.
  mutating func range() throws(Malformed) -> AddressRange {
    let expected = "a range of addresses, `0x…..0x…`"
    let word = try word(expected)
    guard let dots = word.firstRange(of: ".."), let base: UInt64 = Self.address(word[..<dots.lowerBound]),
      let last: UInt64 = Self.address(word[dots.upperBound...]), let range = AddressRange(base: base, last: last)
    else { throw Malformed(expected: expected) }
    return range
  }

  /// The next word, which is a range of SMCCC functions.
  mutating func functions() throws(Malformed) -> ClosedRange<UInt32> {
    let range = try range()
    guard let first = UInt32(exactly: range.base), let last = UInt32(exactly: range.last) else {
      throw Malformed(expected: "a range of functions of 32 bits")
    }
    return first...last
  }

  /// The next word, which is a SHA-256.
  mutating func digest() throws(Malformed) -> String {
    let word = try word("a SHA-256")
    guard word.utf8.count == 64, word.utf8.allSatisfy(Self.isDigit) else { throw Malformed(expected: "a SHA-256") }
    return word
  }

  /// The next one or two words, which are an owner or a party.
  mutating func owner() throws(Malformed) -> Owner {
    switch try word("an owner") {
    case "hypervisor": return .hypervisor
    case "firmware": return .firmware
    case "nobody": return .nobody
    case "domain": return .domain(try name("the domain's name"))
    case "channel": return .channel(try name("the channel's name"))
    default: throw Malformed(expected: "hypervisor, firmware, nobody, domain or channel")
    }
  }

  /// The rest of the line: an owner and the parties with their rights.
  mutating func claim() throws(Malformed) -> Claim {
    let owner = try owner()
    var access: [Access] = []
    while !isAtEnd {
      let party = try self.owner()
      let word = try word("rights")
      let rights = Rights(rawValue: (0..<8).first { CertificateWords.words(Rights(rawValue: $0)) == word } ?? 0)
      guard !rights.isEmpty else { throw Malformed(expected: "rights: some of rwx in this order") }
      access.append(Access(party, rights))
    }
    return Claim(owner, access: access)
  }

  /// Moves on to behind the space at `end`, or to the end of the line.
  private mutating func skip(to end: Substring.UTF8View.Index) throws(Malformed) {
    guard end < rest.endIndex else { return rest = rest[end...] }
    let next = rest.index(after: end)
    guard rest[end] == UInt8(ascii: " "), next < rest.endIndex else {
      throw Malformed(expected: "one space between words and none behind the last")
    }
    rest = rest[next...]
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  private static func address<Number: FixedWidthInteger & UnsignedInteger>(_ word: some StringProtocol) -> Number? {
    guard word.hasPrefix("0x"), let number = Number(word.dropFirst(2), radix: 16),
      String(number, radix: 16) == word.dropFirst(2)
    else { return nil }
    return number
  }

  /// A name without its escapes; `nil` if one of them is none.
  private static func unescaped(_ text: Substring) -> String? {
    var result = ""
    var parts = text.split(separator: "\\", omittingEmptySubsequences: false)[...]
    result += parts.popFirst() ?? ""
    for part in parts {
      guard part.hasPrefix("u{"), let end = part.firstIndex(of: "}"),
        let value = UInt32(part[..<end].dropFirst(2), radix: 16), let scalar = Unicode.Scalar(value)
      else { return nil }
      result.unicodeScalars.append(scalar)
      result += part[part.index(after: end)...]
    }
    return result
  }
}
