import Diagnostics

/// Rules and findings that several tests use.
enum Examples {
  static let rule = RuleDescription(
    "BH-TST-001", title: "an example", requirement: "It shall hold.", hazard: "It would not.", example: "a: b")
  static let waivable = RuleDescription(
    "BH-TST-002", title: "another", requirement: "It should hold.", hazard: "Little.", example: "c: d",
    isWaivable: true)

  static func span(_ line: Int, _ column: Int, length: Int = 1, file: String = "m.yaml") -> SourceSpan {
    SourceSpan(start: SourcePosition(file: file, line: line, column: column), length: length)
  }

  static func sources(_ text: String, file: String = "m.yaml") -> SourceCache {
    let sources = SourceCache()
    sources.add(text, as: file)
    return sources
  }
}
