import Diagnostics

extension Form {
  /// One word of a closed list.
  static func word<Choice: Word>(_ type: Choice.Type) -> Form where Value == Located<Choice> {
    let words = type.allCases.map(\.rawValue)
    return Form(Schema(["enum": .array(words.map(JSONValue.string))])) { node, reading in
      guard let text = reading.word(of: node, among: words) else { return nil }
      return Choice(rawValue: text).map { Located($0, at: node.span) }
    }
  }
}

extension Form where Value == Located<Bool> {
  /// `true` or `false`.
  static let truth = Form(Schema(["type": "boolean"])) { node, reading in
    reading.word(of: node, among: ["true", "false"]).map { Located($0 == "true", at: node.span) }
  }

  /// `on` or `off`. YAML 1.1 reads these words as truth values, so an editor may see either.
  static let onOrOff = Form(Schema(["enum": ["on", "off", true, false]]).named("switch")) { node, reading in
    reading.word(of: node, among: ["on", "off"]).map { Located($0 == "on", at: node.span) }
  }

  /// A word that is the only choice, so that the key is either true or not written.
  static func only(_ word: String) -> Form {
    Form(Schema(["enum": [.string(word)]])) { node, reading in
      reading.word(of: node, among: [word]).map { _ in Located(true, at: node.span) }
    }
  }
}

extension Reading {
  /// The node's text if it is one of the words, or a finding.
  func word(of node: YAMLNode, among words: [String]) -> String? {
    let choice = words.map { "`\($0)`" }.joined(separator: words.count == 2 ? " or " : ", ")
    guard let scalar = scalar(of: node, expecting: words.count > 2 ? "one of \(choice)" : choice) else { return nil }
    if words.contains(scalar.text) { return scalar.text }
    report(
      ManifestRules.unknownWord, at: node,
      "\(named(node)) is \(Quotation.quoted(scalar.text)), but must be \(words.count > 2 ? "one of \(choice)" : choice)",
      help: words.count == 1
        ? "write \(choice), or remove the key"
        : Suggestions.help(for: scalar.text, among: words) ?? synonym(of: scalar.text, among: words))
    return nil
  }

  /// The word for a truth value in other clothes: `yes` for `true`.
  private func synonym(of text: String, among words: [String]) -> String? {
    let positive = ["true", "yes", "on", "enabled", "1"].contains(text.lowercased())
    guard positive || ["false", "no", "off", "disabled", "0"].contains(text.lowercased()) else { return nil }
    return words.first { (positive ? ["true", "on"] : ["false", "off"]).contains($0) }.map { "write `\($0)`" }
  }
}
