/// What YAML takes a scalar without quotes for.
///
/// YAML 1.1 and 1.2 disagree (`on`, `012`, `1:30`), and so do their readers. Bulkhead reads no value by guessing at
/// its type: a key says what it wants, and a plain word that some reader would take for something else is refused
/// where text is wanted.
enum YAMLWord {
  private static let truthValues: Set<String> = ["true", "false", "yes", "no", "on", "off"]

  /// Whether a plain scalar stands for nothing.
  static func isNull(_ text: String) -> Bool { ["", "~", "null", "Null", "NULL"].contains(text) }

  /// What a plain scalar means to some YAML reader, with its article; `nil` if to all of them it is text.
  static func meaning(of text: String) -> String? {
    if isNull(text) { return "nothing" }
    if isTruthValue(text) { return "a truth value" }
    if text == "=" || text == "<<" { return "a special key" }
    guard text.utf8.count <= 64 else { return nil }
    if isNumber(text) { return "a number" }
    return isDate(text) ? "a date" : nil
  }

  /// Whether a plain scalar is true or false (YAML 1.1, `bool`): lower, upper or title case.
  static func isTruthValue(_ text: String) -> Bool {
    guard text.utf8.count <= 5, truthValues.contains(text.lowercased()) else { return false }
    return text == text.lowercased() || text == text.uppercased()
      || text == text.prefix(1).uppercased() + text.dropFirst().lowercased()
  }

  /// Whether a plain scalar is a number to YAML 1.1 or 1.2: whole, hexadecimal, octal, binary, with underscores,
  /// sexagesimal, with fraction or exponent, infinite or none.
  static func isNumber(_ text: String) -> Bool {
    let unsigned = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
    let words: Set<String> = [".inf", ".nan"]
    if words.contains(unsigned.lowercased()) { return true }
    guard let first = unsigned.utf8.first, isDigit(first) || (first == UInt8(ascii: ".") && unsigned.utf8.count > 1)
    else { return false }
    for (prefix, digits) in [("0x", "0123456789abcdefABCDEF_"), ("0o", "01234567_"), ("0b", "01_")]
    where unsigned.hasPrefix(prefix) && unsigned.utf8.count > 2 {
      return unsigned.dropFirst(2).allSatisfy { digits.contains($0) }
    }
    return isDecimal(unsigned) || isSexagesimal(unsigned)
  }

  /// Digits and underscores, at most one point, and an exponent.
  private static func isDecimal(_ text: Substring) -> Bool {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = parts.first, parts.count <= 2 else { return false }
    if parts.count == 2 {
      let exponent = parts[1].first == "+" || parts[1].first == "-" ? parts[1].dropFirst() : parts[1]
      guard !exponent.isEmpty, exponent.utf8.allSatisfy(isDigit) else { return false }
    }
    let points = mantissa.utf8.count { $0 == UInt8(ascii: ".") }
    return points <= 1 && mantissa.utf8.contains(where: isDigit)
      && mantissa.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
  }

  /// Numbers to the base of sixty, as YAML 1.1 has them: `1:30`.
  private static func isSexagesimal(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 2
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") } }
  }

  /// `2026-01-31` and what may follow it.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }.split(
      separator: "-", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0].utf8.count == 4 && parts[1].utf8.count <= 2 && parts[2].utf8.count <= 2
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
