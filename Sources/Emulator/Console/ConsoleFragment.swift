/// A piece of one console line, as soon as it is known whose it is.
public struct ConsoleFragment: Hashable, Sendable {
  /// Whose line it is: a domain's name, or `ConsoleLabels.hypervisor`.
  public let source: String
  /// Text without line breaks, control characters and terminal escapes: a guest cannot steer the terminal that
  /// shows it.
  public let text: String
  /// Whether the line starts with this piece.
  public let startsLine: Bool
  /// Whether the line ends with this piece.
  public let endsLine: Bool

  /// Makes a piece.
  public init(source: String, text: String, startsLine: Bool, endsLine: Bool) {
    self.source = source
    self.text = text
    self.startsLine = startsLine
    self.endsLine = endsLine
  }
}
