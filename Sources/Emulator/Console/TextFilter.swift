/// Makes displayable text of what arrives on a serial line, whose bytes anybody may have chosen.
///
/// Terminal escapes and control characters are left out (a tab stays), and what is no UTF-8 becomes U+FFFD. Sequences
/// may arrive in pieces.
struct TextFilter {
  private enum State {
    case text
    case escape
    case controlSequence(length: Int)
  }

  /// A longer control sequence is taken for text again.
  private static let sequenceLimit = 32

  private var state = State.text
  /// The start of a character whose other bytes have not come yet; at most three bytes.
  private var incomplete: [UInt8] = []

  /// The displayable text of some bytes.
  mutating func text(of bytes: [UInt8]) -> String {
    var kept = incomplete
    incomplete = []
    for byte in bytes where keeps(byte) { kept.append(byte) }
    let length = TextFilter.completeLength(of: kept)
    incomplete = Array(kept[length...])
    let text = String(decoding: kept[..<length], as: UTF8.self)
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextFilter.isControl($0) }))
  }

  /// What is left at the end of a line: half a character becomes U+FFFD.
  mutating func finish() -> String {
    defer {
      incomplete = []
      state = .text
    }
    return incomplete.isEmpty ? "" : "\u{FFFD}"
  }

  private mutating func keeps(_ byte: UInt8) -> Bool {
    switch state {
    case .text:
      if byte == 0x1B { state = .escape }
      return byte == 0x09 || byte >= 0x20 && byte != 0x7F
    case .escape:
      state = byte == UInt8(ascii: "[") ? .controlSequence(length: 0) : .text
      return false
    case .controlSequence(let length):
      let isFinal = (0x40...0x7E).contains(byte)
      state = isFinal || length == TextFilter.sequenceLimit ? .text : .controlSequence(length: length + 1)
      return false
    }
  }

  /// C1 controls and the characters that turn the direction of text or break lines.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// How many of the bytes do not belong to a character that is still to be completed.
  private static func completeLength(of bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 && byte < 0xF8 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
      return byte < 0xF8 && length > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
