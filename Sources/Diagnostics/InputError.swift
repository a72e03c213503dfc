/// An input that is missing, unreadable, or not of its kind at all (exit status 2), with the findings that say so.
public struct InputError: Error, Sendable {
  /// What is wrong first, in the form of every other finding.
  public let finding: Finding
  /// What else is wrong with the same input.
  public let others: [Finding]

  /// Wraps one finding, and the others of the same input.
  public init(_ finding: Finding, others: [Finding] = []) {
    self.finding = finding
    self.others = others
  }

  /// Everything that is wrong.
  public var findings: [Finding] { [finding] + others }
}
