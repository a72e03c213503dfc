/// How a piece of input appears inside a message.
public enum Quotation {
  /// Characters of a piece of input that a message repeats at most.
  private static let longestPiece = 60

  /// The text between backticks, shortened in the middle of nowhere if it is long, with every character that a
  /// terminal or a reader could mistake for something else written as `\u{…}`.
  public static func quoted(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    let isLong = scalars.dropFirst(longestPiece).first != nil
    let shown = scalars.prefix(longestPiece).reduce(into: "") { $0 += escaped($1) }
    return "`\(shown)\(isLong ? "…" : "")`"
  }

  /// The text with every control and format character but those in `kept` written as `\u{…}`.
  public static func printable(_ text: some StringProtocol, keeping kept: Set<Unicode.Scalar> = []) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if kept.contains(scalar) { result.unicodeScalars.append(scalar) } else { result += escaped(scalar) }
    }
  }

  /// One character as itself, or as `\u{…}` if it is a control, format, line-separating or unassigned one.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate, .privateUse:
      "\\u{\(String(scalar.value, radix: 16))}"
    default:
      String(Character(scalar))
    }
  }
}
