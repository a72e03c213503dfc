import Diagnostics

/// Names of domains and channels (rule 10 of the manifest's contract).
enum Name {
  /// The most characters that a name has.
  static let longest = 31
  /// Words that mean another owner wherever a domain could be named.
  static let reserved: Set<String> = ["hypervisor", "firmware", "nobody", "bulkhead"]

  private static let pattern = "^[a-z][a-z0-9-]{0,30}$"

  /// Keys under `domains:`.
  static let ofDomain = KeyForm(
    schema: ["pattern": .string(pattern), "not": ["enum": .array(reserved.sorted().map(JSONValue.string))]]
  ) { key, path, reading in
    check(key, path, "domain", reading)
    guard reserved.contains(key.text) else { return }
    reading.report(
      ManifestRules.reservedName, at: [key.span],
      "no domain can be called `\(key.text)`: the word stands for another owner in reports", subject: path,
      help: "choose another name, for example `\(key.text)-domain`")
  }

  /// Keys under `channels:`.
  static let ofChannel = KeyForm(schema: ["pattern": .string(pattern)]) { key, path, reading in
    check(key, path, "channel", reading)
  }

  /// Keys that name a domain declared elsewhere; that it exists is checked with the rest of the manifest.
  static let ofParty = KeyForm(schema: ["pattern": .string(pattern)]) { _, _, _ in }

  private static func check(_ key: YAMLKey, _ path: String, _ kind: String, _ reading: Reading) {
    guard let problem = problem(with: key.text) else { return checkPlainText(key, path, kind, reading) }
    let suggestion = mended(key.text).map { "for example `\($0)`: " } ?? ""
    reading.report(
      ManifestRules.name, at: [key.span], "the \(kind) name \(Quotation.quoted(key.text)) \(problem)", subject: path,
      help: suggestion + "lower-case letters, digits and hyphens, a letter first, at most \(longest) characters")
  }

  /// A proper name that YAML takes for something else: `no`, `on`, `null`.
  private static func checkPlainText(_ key: YAMLKey, _ path: String, _ kind: String, _ reading: Reading) {
    if key.scalar.isPlain, let meaning = YAMLWord.meaning(of: key.text) {
      reading.report(
        YAMLRules.plainText, at: [key.span],
        "\(Quotation.quoted(key.text)) without quotes is \(meaning) to YAML, and the name of a \(kind) is text",
        subject: path, help: "choose another name, or write \"\(Quotation.printable(key.text.prefix(60)))\" in quotes")
    }
  }

  private static func problem(with name: String) -> String? {
    guard let first = name.unicodeScalars.first else { return "is empty" }
    if let odd = name.unicodeScalars.first(where: { !isAllowed($0) }) {
      return "has the character \(Quotation.quoted(String(Character(odd)))), which no name may have"
    }
    if !("a"..."z").contains(first) { return "does not start with a letter" }
    let count = name.unicodeScalars.count
    return count > longest ? "has \(count) characters" : nil
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
  }

  /// A name that would do, made from one that does not.
  private static func mended(_ name: String) -> String? {
    let folded = name.prefix(longest).lowercased().unicodeScalars.map { isAllowed($0) ? Character($0) : "-" }
    let result = String(String(folded).drop { !("a"..."z").contains($0) }.prefix(longest))
    return result.isEmpty || problem(with: result) != nil ? nil : result
  }
}
