import Diagnostics

/// One entry of `expect:`.
public struct ExpectationDeclaration: Sendable {
  /// Whose console is watched.
  public let domain: Located<String>
  /// The text that has to appear on it.
  public let console: Located<String>
  /// How long to wait, in microseconds.
  public let within: Located<UInt64>
  /// Whether only lines count that start after the entry above was met, and `within` is counted from that moment.
  public let isAfterPrevious: Bool
  /// What to tell the person watching once it is met.
  public let note: Located<String>?
}
