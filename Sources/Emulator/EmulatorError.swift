import Diagnostics

/// A run that could not start or could not go on, with the finding that says why (exit status 1).
public struct EmulatorError: Error, Sendable {
  /// What went wrong.
  public let finding: Finding

  /// Wraps the finding.
  public init(_ finding: Finding) { self.finding = finding }
}
