import Diagnostics

extension Form where Value == Located<String> {
  /// Text of any kind but empty, on as many lines as a person likes.
  static func text(_ what: String) -> Form {
    Form(Schema(["type": "string", "minLength": 1]).named("text")) { node, reading in
      reading.text(of: node, expecting: what).flatMap { text in
        guard !text.value.allSatisfy(\.isWhitespace) else {
          reading.report(
            ManifestRules.textForm, at: node, "\(reading.named(node)) is empty", help: "write \(what)")
          return nil
        }
        return text
      }
    }
  }

  /// Text of one line, without control characters, which may be empty.
  static func line(_ what: String, atLeast: Int = 0) -> Form {
    let fragment: JSONValue = [
      "type": "string", "minLength": .integer(Int64(atLeast)), "pattern": "^[^\\u0000-\\u001F]*$",
    ]
    return Form(Schema(fragment).named(atLeast > 0 ? "line" : "emptyOrLine")) { node, reading in
      reading.text(of: node, expecting: what).flatMap { text in
        reading.isOneLine(text.value, node, what, atLeast: atLeast) ? text : nil
      }
    }
  }

  /// The path of a file, turned into one relative to where the program runs.
  static let namedPath = Form.line("the path of a file", atLeast: 1).map { text, _, _ in
    text.map { FilePaths.resolve($0, relativeTo: text.span?.start.file ?? "") }
  }

  /// The same, turned into where the file lies.
  static let path = namedPath.map { text, _, reading in text.map(reading.places.place) }

  /// A node of the board's tree: a path, a label or an alias.
  static let node = Form.line("a node of the device tree (`/path`, label or alias)", atLeast: 1)

  /// The name of a domain that is declared elsewhere in the manifest.
  static let domainReference = Form.line("the name of a domain", atLeast: 1)
}

extension Reading {
  /// Whether a text is one line without control characters and long enough; otherwise a finding.
  func isOneLine(_ text: String, _ node: YAMLNode, _ what: String, atLeast: Int) -> Bool {
    if text.count < atLeast {
      report(ManifestRules.textForm, at: node, "\(named(node)) is empty", help: "write \(what)")
      return false
    }
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return true }
    report(
      ManifestRules.textForm, at: node, "\(named(node)) holds a line break or another control character",
      help: "write \(what) on one line")
    return false
  }
}
