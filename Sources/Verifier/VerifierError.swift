import Diagnostics

/// Bytes that cannot be read as what they should be, so that nothing further can be said about them.
public struct VerifierError: Error, Sendable {
  /// What is wrong, and where.
  public let finding: Finding

  /// Says what is wrong under a rule.
  init(
    _ rule: RuleDescription, _ message: String, subjects: [String] = [], resource: ResourceReference? = nil,
    help: String? = VerifierRules.rebuild
  ) {
    finding = Finding(rule, .error, message, subjects: subjects, resource: resource, help: help)
  }
}
