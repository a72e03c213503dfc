/// Why a certificate, or the folder around it, is refused.
struct Refusal: Error {
  /// The exit status: 1 something does not hold, 2 a file is missing or cannot be read.
  var status: Int32 = 1
  /// In one line.
  let message: String
}

/// One line of a certificate, taken word by word. Words stand apart by one space; a name stands between quotation marks.
struct Line {
  /// Counted from 1.
  let number: Int
  private var rest: Substring

  init(_ text: Substring, number: Int) {
    self.number = number
    rest = text
  }

  /// Whether every word has been taken.
  var isAtEnd: Bool { rest.isEmpty }

  /// A refusal of this line.
  func refused(_ why: String) -> Refusal { Refusal(message: "certificate.txt:\(number): \(why)") }

  /// The next word as it is spelled, a name with its quotation marks.
  mutating func word() throws -> String {
    let isName = rest.utf8.first == UInt8(ascii: "\"")
    let end = rest.utf8.dropFirst(isName ? 1 : 0).firstIndex(of: UInt8(ascii: isName ? "\"" : " "))
    let word = end.map { isName ? rest[...$0] : rest[..<$0] } ?? rest
    guard !word.isEmpty, !isName || end != nil, word.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw refused("a word is missing, has no end, or is not printable ASCII")
    }
    rest = rest[word.endIndex...]
    if !rest.isEmpty, rest.utf8.popFirst() != UInt8(ascii: " ") || rest.isEmpty {
      throw refused("one space should stand behind \(word), and none at the end of the line")
    }
    return String(word)
  }

  /// The next word, a name, without its quotation marks; escapes stay as they are.
  mutating func name() throws -> String {
    let word = try word()
    guard word.hasPrefix("\"") else { throw refused("\(word) should be a name in quotation marks") }
    return String(word.dropFirst().dropLast())
  }

  /// The next word, a number in its one spelling.
  mutating func decimal() throws -> UInt64 {
    let word = try word()
    guard let value = UInt64(word), String(value) == word else { throw refused("\(word) should be a number") }
    return value
  }

  /// The next word, a hexadecimal number in its one spelling.
  mutating func hexadecimal() throws -> UInt64 { try value(ofHexadecimal: try word()) }

  /// The next word, a range of addresses: its first and its last.
  mutating func range() throws -> ClosedRange<UInt64> {
    let word = try word()
    guard let dots = word.firstRange(of: "..") else { throw refused("\(word) should be a range of addresses") }
    let first = try value(ofHexadecimal: String(word[..<dots.lowerBound]))
    let last = try value(ofHexadecimal: String(word[dots.upperBound...]))
    guard first <= last else { throw refused("\(word) ends before it starts") }
    return first...last
  }

  /// The next one or two words, which say whose something is, as they are spelled.
  mutating func party() throws -> String {
    let word = try word()
    switch word {
    case "hypervisor", "firmware", "nobody": return word
    case "domain", "channel": return "\(word) \"\(try name())\""
    default: throw refused("\(word) should be hypervisor, firmware, nobody, domain or channel")
    }
  }

  private func value(ofHexadecimal word: String) throws -> UInt64 {
    guard word.hasPrefix("0x"), let value = UInt64(word.dropFirst(2), radix: 16),
      "0x" + String(value, radix: 16) == word
    else { throw refused("\(word) should be a hexadecimal number") }
    return value
  }
}
