import Diagnostics

/// One entry of `expect:`.
public struct ExpectationDeclaration: Sendable {
  /// Whose console is watched.
  public let domain: Located<String>
  /// The text that has to appear on it.
  public let console: Located<String>
  /// How long to wait, in microseconds.
  public let within: Located<UInt64>
}
