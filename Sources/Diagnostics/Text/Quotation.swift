/// How a piece of input appears inside a message.
public enum Quotation {
  /// Characters of a piece of input that a message repeats at most.
  private static let longestPiece = 60
  /// Characters of a file's path that a message repeats at most.
  private static let longestPath = 1024

  /// The text between backticks, its end left out if it is long, with every character that a terminal or a reader
  /// could mistake for something else written as `\u{…}`.
  public static func quoted(_ text: some StringProtocol) -> String { quoted(text, longest: longestPiece) }

  /// A file's path between backticks, whole unless it is absurdly long.
  public static func quoted(path: some StringProtocol) -> String { quoted(path, longest: longestPath) }

  private static func quoted(_ text: some StringProtocol, longest: Int) -> String {
    let scalars = text.unicodeScalars
    let isLong = scalars.dropFirst(longest).first != nil
    let shown = scalars.prefix(longest).reduce(into: "") { $0 += escaped($1) }
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
