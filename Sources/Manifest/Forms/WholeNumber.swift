import Diagnostics

/// Whole numbers as a manifest writes them: decimal, or hexadecimal with `0x`.
enum WholeNumber {
  /// Why a text is no such number, and what to write.
  struct Problem: Error {
    let rule: RuleDescription
    let message: String
    let help: String
  }

  /// The number that a text stands for.
  static func parse(_ text: some StringProtocol) -> Result<UInt64, Problem> {
    let text = String(text)
    if let digits = digits(after: "0x", in: text, radix: 16) { return value(of: digits, radix: 16, text) }
    if text == "0" || (text.first != "0" && isDecimal(text)) { return value(of: text, radix: 10, text) }
    return .failure(problem(with: text))
  }

  private static func value(of digits: some StringProtocol, radix: Int, _ text: String) -> Result<UInt64, Problem> {
    if let value = UInt64(String(digits), radix: radix) { return .success(value) }
    return .failure(
      Problem(
        rule: ManifestRules.outOfRange, message: "\(Quotation.quoted(text)) is larger than 64 bits hold",
        help: "the largest number is 0xFFFFFFFFFFFFFFFF"))
  }

  /// What is wrong with a text that is neither, with what each reader of YAML would take it for.
  private static func problem(with text: String) -> Problem {
    let quoted = Quotation.quoted(text)
    func notation(_ message: String, _ help: String) -> Problem {
      Problem(rule: ManifestRules.numberNotation, message: message, help: help)
    }
    if text.contains("_"), case .success = parse(text.filter { $0 != "_" }) {
      return notation(
        "\(quoted) has underscores, which only some YAML readers skip",
        "write \(text.filter { $0 != "_" })")
    }
    if text.first == "+", case .success = parse(text.dropFirst()) {
      return notation("\(quoted) has a sign, which numbers in a manifest do not have", "write \(text.dropFirst())")
    }
    if text.first == "-", case .success = parse(text.dropFirst()) {
      return Problem(
        rule: ManifestRules.outOfRange, message: "\(quoted) is negative", help: "write a number from 0 upwards")
    }
    if text.first == "0", isDecimal(text), let octal = UInt64(text, radix: 8) {
      let decimal = text.drop { $0 == "0" }
      return notation(
        "\(quoted) begins with 0: to YAML 1.1 it is octal (\(octal)), to YAML 1.2 decimal",
        decimal.isEmpty ? "write 0" : "write \(decimal), or 0x\(String(octal, radix: 16))")
    }
    if text.first == "0", isDecimal(text) { return notation("\(quoted) begins with 0", "leave the zeros out") }
    if digits(after: "0X", in: text, radix: 16) != nil {
      return notation("\(quoted) has a capital X", "write 0x\(text.dropFirst(2))")
    }
    for (prefix, radix, name) in [("0o", 8, "octal"), ("0b", 2, "binary")] {
      guard let digits = digits(after: prefix, in: text, radix: radix) else { continue }
      let value = UInt64(digits, radix: radix).map { "write 0x\(String($0, radix: 16))" }
      return notation("\(quoted) is \(name), which only some YAML readers know", value ?? "write it in hexadecimal")
    }
    if text.contains(":"), YAMLWord.isNumber(text) {
      return notation("\(quoted) is a number to the base of 60 to some YAML readers", "write it in decimal")
    }
    if YAMLWord.isNumber(text) {
      return notation("\(quoted) is no whole number", "write it out, without point and exponent")
    }
    return Problem(
      rule: ManifestRules.wrongType, message: "\(quoted) is no number",
      help: "write a whole number, decimal or hexadecimal with 0x")
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
