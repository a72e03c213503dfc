import Diagnostics

/// Whole numbers as a manifest writes them: decimal, or hexadecimal with `0x`.
enum WholeNumber {
  /// Why a text is no such number, and what to write.
  struct Problem: Error {
    let rule: RuleDescription
    let message: String
    let help: String
  }

  /// Longer than any number of 64 bits in any notation that is told apart.
  private static let longest = 80

  /// The number that a text stands for.
  static func parse(_ text: some StringProtocol) -> Result<UInt64, Problem> {
    let text = String(text)
    guard text.utf8.count <= longest, let digits = digits(of: text) else {
      return .failure(misspelling(of: text) ?? foreignNotation(of: text) ?? noNumber(text))
    }
    if let value = UInt64(digits.text, radix: digits.radix) { return .success(value) }
    return .failure(
      Problem(
        rule: ManifestRules.outOfRange, message: "\(Quotation.quoted(text)) is larger than 64 bits hold",
        help: "the largest number is 0xFFFFFFFFFFFFFFFF"))
  }

  /// The digits of a number that is written as it should be.
  private static func digits(of text: String) -> (text: Substring, radix: Int)? {
    if let digits = digits(after: "0x", in: text, radix: 16) { return (digits, 16) }
    return text == "0" || (text.first != "0" && isDecimal(text)) ? (text[...], 10) : nil
  }

  private static func notation(_ message: String, _ help: String) -> Problem {
    Problem(rule: ManifestRules.numberNotation, message: message, help: help)
  }

  private static func noNumber(_ text: String) -> Problem {
    Problem(
      rule: ManifestRules.wrongType, message: "\(Quotation.quoted(text)) is no number",
      help: "write a whole number, decimal or hexadecimal with 0x")
  }

  /// What is wrong with a number that has a character too many: a sign, underscores, zeros in front.
  private static func misspelling(of text: String) -> Problem? {
    guard text.utf8.count <= longest else { return nil }
    let quoted = Quotation.quoted(text)
    let bare = text.filter { $0 != "_" }
    if bare != text, digits(of: bare) != nil {
      return notation("\(quoted) has underscores, which only some YAML readers skip", "write \(bare)")
    }
    let unsigned = String(text.dropFirst())
    if text.first == "+", digits(of: unsigned) != nil {
      return notation("\(quoted) has a sign, which numbers in a manifest do not have", "write \(unsigned)")
    }
    if text.first == "-", digits(of: unsigned) != nil {
      return Problem(
        rule: ManifestRules.outOfRange, message: "\(quoted) is negative", help: "write a number from 0 upwards")
    }
    guard text.first == "0", isDecimal(text) else { return nil }
    guard let octal = UInt64(text, radix: 8) else {
      return notation("\(quoted) begins with 0", "leave the zeros out")
    }
    let decimal = text.drop { $0 == "0" }
    return notation(
      "\(quoted) begins with 0: to YAML 1.1 it is octal (\(octal)), to YAML 1.2 decimal",
      decimal.isEmpty ? "write 0" : "write \(decimal), or 0x\(String(octal, radix: 16))")
  }

  /// What is wrong with a number in a notation that some reader of YAML knows and a manifest does not.
  private static func foreignNotation(of text: String) -> Problem? {
    guard text.utf8.count <= longest else { return nil }
    let quoted = Quotation.quoted(text)
    if digits(after: "0X", in: text, radix: 16) != nil {
      return notation("\(quoted) has a capital X", "write 0x\(text.dropFirst(2))")
    }
    for (prefix, radix, name) in [("0o", 8, "octal"), ("0b", 2, "binary")] {
      guard let digits = digits(after: prefix, in: text, radix: radix) else { continue }
      let value = UInt64(digits, radix: radix).map { "write 0x\(String($0, radix: 16))" }
      return notation("\(quoted) is \(name), which only some YAML readers know", value ?? "write it in hexadecimal")
    }
    guard YAMLWord.isNumber(text) else { return nil }
    return text.contains(":")
      ? notation("\(quoted) is a number to the base of 60 to some YAML readers", "write it in decimal")
      : notation("\(quoted) is no whole number", "write it out, without point and exponent")
  }

  private static func digits(after prefix: String, in text: String, radix: Int) -> Substring? {
    guard text.hasPrefix(prefix), text.count > prefix.count else { return nil }
    let digits = text.dropFirst(prefix.count)
    return digits.allSatisfy { $0.isASCII && $0.hexDigitValue.map { $0 < radix } == true } ? digits : nil
  }

  private static func isDecimal(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}
