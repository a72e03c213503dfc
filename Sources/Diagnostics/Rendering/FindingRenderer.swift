/// Findings as text for people: what is wrong, every place with an excerpt and marks, and the way out.
///
///     error: `domains.cluster` has no key `cpu` [BH-MAN-002]
///       cockpit.yaml:7:5
///         7 |     cpu: [0]
///           |     ^^^
///       help: did you mean `cpus`?
public struct FindingRenderer {
  private let sources: SourceCache
  private let style: TerminalStyle

  /// A renderer.
  ///
  /// - Parameters:
  ///   - sources: Where excerpts come from.
  ///   - usesColour: Whether to write ANSI escape sequences.
  public init(sources: SourceCache = SourceCache(), usesColour: Bool = false) {
    self.sources = sources
    style = TerminalStyle(usesColour: usesColour)
  }

  /// All findings in their order, each once, a blank line between them, and a last line that counts them.
  public func text(for findings: some Sequence<Finding>) -> String {
    let ordered = findings.ordered()
    let blocks = ordered.map { text(for: $0) }
    return (blocks + [Self.summary(of: ordered) + "\n"]).joined(separator: "\n")
  }

  /// One finding, ending with a line break.
  public func text(for finding: Finding) -> String {
    var lines = [headline(of: finding)]
    for (index, span) in finding.spans.enumerated() {
      let label = index > 0 && index <= finding.labels.count ? finding.labels[index - 1] : ""
      lines += place(span, label: label, isMain: index == 0, severity: finding.severity)
    }
    if let help = finding.help { lines += helpLines(help) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `2 errors, 1 warning`, or `no findings`.
  public static func summary(of findings: some Sequence<Finding>) -> String {
    let counts = [Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
  }

  private func headline(of finding: Finding) -> String {
    let severity = style.paint(finding.severity.rawValue, as: .severity(finding.severity))
    let message = style.paint(Quotation.printable(finding.message), as: .strong)
    return "\(severity): \(message) \(style.paint("[\(finding.rule)]", as: .faint))"
  }

  private func place(_ span: SourceSpan, label: String, isMain: Bool, severity: Severity) -> [String] {
    let start = span.start
    let file = Quotation.printable(start.file)
    let head = "  \(file):\(start.line):\(start.column)" + (label.isEmpty ? "" : "  \(Quotation.printable(label))")
    guard let line = sources.line(start.line, of: start.file), !line.allSatisfy(\.isWhitespace) else { return [head] }
    let excerpt = Excerpt(line: line, column: start.column, length: span.length)
    let number = String(start.line)
    let gutter = String(repeating: " ", count: number.count)
    let marks = String(repeating: isMain ? "^" : "-", count: excerpt.marks)
    let painted = style.paint(marks, as: isMain ? .severity(severity) : .place)
    return [
      head, "    \(style.paint("\(number) |", as: .place)) \(excerpt.line)",
      "    \(style.paint("\(gutter) |", as: .place)) \(String(repeating: " ", count: excerpt.indentation))\(painted)",
    ]
  }

  /// The help, its further lines indented below the first.
  private func helpLines(_ help: String) -> [String] {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map { Quotation.printable($0) }
    return lines.enumerated().map { index, line in
      index == 0 ? "  \(style.paint("help:", as: .help)) \(line)" : "        \(line)"
    }
  }
}
