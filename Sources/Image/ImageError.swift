import Diagnostics

/// A plan that cannot be made an image (exit status 1), with the finding that says so.
public struct ImageError: Error, Sendable {
  /// What is wrong, in the form of every other finding.
  public let finding: Finding

  /// Wraps the finding.
  public init(_ finding: Finding) { self.finding = finding }
}
