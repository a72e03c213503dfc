import Diagnostics

extension YAMLSyntaxError {
  /// The error as a finding, libyaml's words turned into a hint where they are known.
  var finding: Finding {
    let help = Self.hints.first { hint in
      problem.contains(hint.problem) && (hint.context.isEmpty || context?.contains(hint.context) == true)
    }?.help
    let spans = [SourceSpan(start: position)] + [contextPosition].compactMap { $0.map { SourceSpan(start: $0) } }
    let isSame = contextPosition == position
    return Finding(
      YAMLRules.syntax, .error, "this is not YAML: \(problem)" + (context.map { " \($0)" } ?? ""),
      resource: ResourceReference(.file), spans: isSame ? [spans[0]] : spans,
      labels: isSame ? [] : ["what was being read"],
      help: help ?? "look at this line and the one before: a missing colon, quote, bracket or wrong indentation")
  }

  private static let hints: [(problem: String, context: String, help: String)] = [
    (
      "cannot start any token", "", "a value that begins with this character needs quotes; indent with spaces, not tabs"
    ),
    ("tab", "", "indent with spaces"),
    ("could not find expected ':'", "", "every line of a section is `key: value`; the colon is missing"),
    (
      "mapping values are not allowed", "",
      "a value with a colon and a space in it needs quotes; or the line is indented too far"
    ),
    ("incompatible YAML document", "", "remove the line that begins with %YAML"),
    ("did not find expected key", "block mapping", "the keys of one section must be indented alike"),
    ("did not find expected '-' indicator", "", "the entries of one list must be indented alike, each with a `-`"),
    ("did not find expected ',' or", "", "a comma or the closing bracket is missing"),
    ("did not find expected node content", "", "a value is missing, or a bracket is not closed"),
    ("unexpected end of stream", "quoted scalar", "the closing quote is missing"),
    ("unknown escape", "", "in double quotes a backslash starts an escape; use single quotes, or write it twice"),
    ("unknown directive", "", "lines that begin with % mean something to YAML; remove it"),
    ("control characters", "", "the file holds bytes that no text has; check that the right file is named"),
  ]
}
