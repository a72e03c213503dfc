import Diagnostics

/// A kind of number with a unit: a size, a time, a rate.
struct Quantity: Sendable {
  /// What a finding and the schema call it.
  let name: String
  /// An example, for findings.
  let example: String
  /// The units with what one of each is in the base unit, smallest first.
  let units: [(symbol: String, factor: UInt64)]
  /// Words for units that people write and that are refused, with the unit that they probably mean.
  let slips: [String: String]
  /// Units that do not exist because they are larger than the largest, in terms of that one.
  var larger: [String: UInt64] = [:]
  /// Whether a number without a unit counts in the base unit.
  let allowsPlainNumber: Bool

  /// Bytes: KiB, MiB, GiB or a plain number.
  static let size = Quantity(
    name: "size", example: "64 MiB", units: [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)],
    slips: [
      "b": "", "byte": "", "bytes": "", "k": "KiB", "kb": "KiB", "ki": "KiB", "kib": "KiB", "m": "MiB", "mb": "MiB",
      "mi": "MiB", "mib": "MiB", "g": "GiB", "gb": "GiB", "gi": "GiB", "gib": "GiB", "page": "", "pages": "",
    ], allowsPlainNumber: true)

  /// Microseconds: us, ms, s.
  static let time = Quantity(
    name: "time", example: "500 ms", units: [("us", 1), ("ms", 1000), ("s", 1_000_000)],
    slips: [
      "µs": "us", "μs": "us", "usec": "us", "msec": "ms", "millis": "ms", "sec": "s", "secs": "s", "second": "s",
      "seconds": "s",
    ], larger: ["m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600],
    allowsPlainNumber: false)

  /// Bytes per second: kB/s, MB/s.
  static let rate = Quantity(
    name: "rate", example: "200 MB/s", units: [("kB/s", 1000), ("MB/s", 1_000_000)],
    slips: [
      "kb/s": "kB/s", "mb/s": "MB/s", "kib/s": "kB/s", "mib/s": "MB/s", "kb": "kB/s", "mb": "MB/s", "kbps": "kB/s",
      "mbps": "MB/s",
    ], allowsPlainNumber: false)

  /// What the schema says about it.
  var schema: Schema {
    let symbols = units.map(\.symbol).joined(separator: "|")
    let text: JSONValue = ["type": "string", "pattern": .string("^[1-9][0-9]* *(\(symbols))$")]
    guard allowsPlainNumber else { return Schema(text).named(name) }
    let plain: JSONValue = ["type": "integer", "minimum": 1, "maximum": .unsigned(.max)]
    return Schema(["anyOf": [plain, text]]).named(name)
  }

  /// The units in words: `KiB, MiB, GiB or a plain number of bytes`.
  var unitsInWords: String {
    let symbols = units.map { "`\($0.symbol)`" }.joined(separator: ", ")
    return allowsPlainNumber ? "\(symbols) or a plain number of bytes" : symbols
  }

  /// The amount in the base unit that a text stands for; 0 counts as a problem.
  func parse(_ text: String, isPlain: Bool) -> Result<UInt64, WholeNumber.Problem> {
    let digits = text.prefix { !($0 == " " || ($0.isLetter && !isHexadecimal(text))) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    if unit.isEmpty { return withoutUnit(text, digits, isPlain: isPlain) }
    guard let factor = units.first(where: { $0.symbol == unit })?.factor else { return unknownUnit(digits, unit) }
    guard !digits.isEmpty, !isHexadecimal(text) else {
      let problem = digits.isEmpty ? "has no number" : "mixes a hexadecimal number and a unit"
      return failure(ManifestRules.quantityNotation, "\(Quotation.quoted(text)) \(problem)")
    }
    switch WholeNumber.parse(digits) {
    case .failure(let problem): return fraction(digits, unit, factor) ?? .failure(problem)
    case .success(let count):
      let (amount, overflow) = count.multipliedReportingOverflow(by: factor)
      if overflow { return failure(ManifestRules.outOfRange, "\(Quotation.quoted(text)) is larger than 64 bits hold") }
      return amount == 0
        ? failure(ManifestRules.emptyQuantity, "\(Quotation.quoted(text)) is nothing") : .success(amount)
    }
  }

  private func isHexadecimal(_ text: String) -> Bool { text.hasPrefix("0x") || text.hasPrefix("0X") }

  private func failure(
    _ rule: RuleDescription, _ message: String, help: String? = nil
  ) -> Result<UInt64, WholeNumber.Problem> {
    .failure(WholeNumber.Problem(rule: rule, message: message, help: help ?? "write for example `\(example)`"))
  }

  private func withoutUnit(
    _ text: String, _ digits: Substring, isPlain: Bool
  ) -> Result<UInt64, WholeNumber.Problem> {
    let parsed = WholeNumber.parse(text)
    guard case .success(let amount) = parsed else {
      if case .failure(let problem) = parsed, problem.rule != ManifestRules.wrongType { return parsed }
      return failure(ManifestRules.quantityNotation, "\(Quotation.quoted(text)) is no \(name)")
    }
    guard allowsPlainNumber else {
      let units = units.map { "`\(text) \($0.symbol)`" }.joined(separator: ", ")
      return failure(
        ManifestRules.quantityNotation, "\(Quotation.quoted(text)) has no unit", help: "write one of \(units)")
    }
    guard isPlain else {
      return failure(
        ManifestRules.wrongType, "\(Quotation.quoted(text)) is text", help: "write the number without quotes")
    }
    return amount == 0 ? failure(ManifestRules.emptyQuantity, "\(Quotation.quoted(text)) is nothing") : .success(amount)
  }

  private func unknownUnit(_ digits: Substring, _ unit: Substring) -> Result<UInt64, WholeNumber.Problem> {
    guard YAMLWord.isNumber(String(digits)) else {
      return failure(ManifestRules.quantityNotation, "\(Quotation.quoted(digits + unit)) is no \(name)")
    }
    if let count = larger[unit.lowercased()], let last = units.last,
      case .success(let number) = WholeNumber.parse(digits),
      case let (product, overflow) = number.multipliedReportingOverflow(by: count), !overflow
    {
      return failure(
        ManifestRules.quantityNotation, "\(Quotation.quoted(unit)) is no unit of a \(name) (\(unitsInWords))",
        help: "write `\(product) \(last.symbol)`")
    }
    let meant = slips[unit.lowercased()] ?? Suggestions.nearest(to: String(unit), among: units.map(\.symbol))
    let suggestion = meant.map { $0.isEmpty ? "write \(digits)" : "write `\(digits) \($0)`" }
    return failure(
      ManifestRules.quantityNotation, "\(Quotation.quoted(unit)) is no unit of a \(name) (\(unitsInWords))",
      help: suggestion)
  }

  /// `1.5 GiB` is refused with the amount in the next smaller unit.
  private func fraction(
    _ digits: Substring, _ unit: Substring, _ factor: UInt64
  ) -> Result<UInt64, WholeNumber.Problem>? {
    guard digits.contains("."), let number = Double(String(digits)), number >= 0, number < 1_000_000 else { return nil }
    let smaller = units.last { $0.factor < factor }
    let help = smaller.map { unit in
      let amount = number * Double(factor) / Double(unit.factor)
      return "write `\(UInt64(amount.rounded(.up))) \(unit.symbol)`"
    }
    return failure(
      ManifestRules.numberNotation, "\(Quotation.quoted("\(digits) \(unit)")) is no whole number of units", help: help)
  }
}

extension Form where Value == Located<UInt64> {
  /// A size in bytes, at least 1.
  static let size = Form.quantity(.size)
  /// A time in microseconds, at least 1.
  static let time = Form.quantity(.time)
  /// A rate in bytes per second, at least 1.
  static let rate = Form.quantity(.rate)

  private static func quantity(_ quantity: Quantity) -> Form {
    let what = "a \(quantity.name) like `\(quantity.example)`"
    return Form(quantity.schema) { node, reading in
      guard let scalar = reading.scalar(of: node, expecting: what) else { return nil }
      switch quantity.parse(scalar.text, isPlain: scalar.isPlain) {
      case .success(let amount): return Located(amount, at: node.span)
      case .failure(let problem):
        reading.report(
          problem.rule, at: node, "\(reading.named(node)) is to be \(what), but \(problem.message)", help: problem.help)
        return nil
      }
    }
  }
}
