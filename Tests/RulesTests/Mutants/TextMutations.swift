/// Changes to lines of YAML, whatever they mean.
enum TextMutations {
  /// What is done to one line.
  private static let operations: [(String, @Sendable (String) -> String)] = [
    ("indent with a tab", { "\t" + $0 }), ("indent by a space", { " " + $0 }),
    ("take indentation away", { String($0.drop { $0 == " " }) }), ("write a line twice", { $0 + "\n" + $0 }),
    ("open a quote", { $0 + "\"" }), ("open a bracket", { $0 + " [" }), ("add a second colon", { $0 + ": x" }),
    ("add a brace", { $0 + "}" }), ("start a document", { $0 + "\n---" }), ("end the document", { $0 + "\n..." }),
    ("add a percent sign", { "%" + $0 }), ("add a merge key", { $0 + "\n<<: *x" }),
    ("add a line separator", { $0 + "\u{2028}" }), ("add a control character", { $0 + "\u{1}" }),
    ("make a key of a list", { _ in "? [a, b]\n: c" }),
    ("nest deeply", { _ in String(repeating: "- ", count: 40) + "x" }),
    ("comment a line out", { "# " + $0 }),
  ]

  /// Every operation on every line.
  static func mutants(of layout: ManifestLayout) -> [Mutant] {
    let lines = layout.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    return lines.indices.flatMap { index in
      operations.map { operation, edit in
        var changed = lines
        changed[index] = edit(lines[index])
        return Mutant(
          operation: operation, place: "line \(index + 1)", text: changed.joined(separator: "\n") + "\n",
          // What breaks YAML may show on the line behind.
          lines: (index + 1)...(index + 2), words: [])
      }
    }
  }
}
