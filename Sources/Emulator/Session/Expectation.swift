import Diagnostics

/// A piece of text that has to appear on a console.
public struct Expectation: Sendable {
  /// Whose console is watched: a domain's name, or `ConsoleLabels.hypervisor`.
  public let source: String
  /// The text, within one line.
  public let text: String
  /// How long to wait.
  public let within: Duration
  /// Whether only lines count that start after the expectation before this one was met, and `within` is counted from
  /// that moment; otherwise from the start of the emulator.
  public let isAfterPrevious: Bool
  /// What to tell the person watching once it is met.
  public let note: String?
  /// Where it was written.
  public let span: SourceSpan?

  /// Makes an expectation.
  public init(
    source: String, text: String, within: Duration, isAfterPrevious: Bool = false, note: String? = nil,
    span: SourceSpan? = nil
  ) {
    self.source = source
    self.text = text
    self.within = within
    self.isAfterPrevious = isAfterPrevious
    self.note = note
    self.span = span
  }
}
