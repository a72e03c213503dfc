import Diagnostics

/// `restart:` of a domain: how often it may start anew.
public struct RestartDeclaration: Sendable {
  /// How many restarts are allowed …
  public let limit: Located<Int>
  /// … within this time, in microseconds.
  public let within: Located<UInt64>
}
