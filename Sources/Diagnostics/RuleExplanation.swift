/// A rule in words for `bulkhead explain`.
public enum RuleExplanation {
  /// What a rule asks, what happens without it, where it applies, and an example that breaks it; ends with a line
  /// break.
  public static func text(for rule: RuleDescription) -> String {
    let waiver = rule.isWaivable ? "A waiver may cover it." : "It cannot be waived."
    let parts = [
      "\(rule.id): \(rule.title)",
      "Requirement\n\(indented(rule.requirement))",
      "Without it\n\(indented(rule.hazard))",
      "Applies to\n\(indented(rule.applicability)) \(waiver)",
      "An example that breaks it\n\(indented(rule.example, width: .max))",
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The rule of an id, whatever the case of its letters.
  public static func rule(named id: String, among rules: [RuleDescription]) -> RuleDescription? {
    rules.first { $0.id.rawValue == id.uppercased() }
  }

  /// What to say if there is no such rule: a near one, or how to see them all.
  public static func unknownRule(_ id: String, among rules: [RuleDescription]) -> String {
    let near = Suggestions.nearest(to: id.uppercased(), among: rules.map(\.id.rawValue))
    let family = rules.filter { $0.id.rawValue.hasPrefix(id.uppercased()) }
    let hint =
      if let near { "did you mean `\(near)`?" } else if !id.isEmpty, !family.isEmpty {
        "rules that begin so: \(family.map(\.id.rawValue).joined(separator: ", "))"
      } else { "a finding shows its rule in brackets, like [BH-MAN-002]" }
    return "there is no rule \(Quotation.quoted(id)); \(hint)"
  }

  /// The text wrapped at word breaks, each line indented by two spaces; line breaks in it are kept.
  private static func indented(_ text: String, width: Int = 78) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      guard width < .max else { return "  \(paragraph)" }
      var lines = [""]
      for word in paragraph.split(separator: " ") {
        let last = lines[lines.count - 1]
        if last.isEmpty {
          lines[lines.count - 1] = String(word)
        } else if last.count + word.count < width {
          lines[lines.count - 1] = "\(last) \(word)"
        } else {
          lines.append(String(word))
        }
      }
      return lines.map { "  \($0)" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
