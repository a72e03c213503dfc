/// An input that is missing, unreadable, or not of its kind at all (exit status 2), with the finding that says so.
public struct InputError: Error, Sendable {
  /// What is wrong, in the form of every other finding.
  public let finding: Finding

  /// Wraps the finding.
  public init(_ finding: Finding) { self.finding = finding }
}
