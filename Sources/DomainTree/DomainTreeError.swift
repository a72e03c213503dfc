import Diagnostics

/// A domain whose tree cannot be written (exit status 1), with the finding that says so.
public struct DomainTreeError: Error, Sendable {
  /// What is wrong, in the form of every other finding.
  public let finding: Finding
}
