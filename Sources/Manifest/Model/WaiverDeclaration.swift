import Diagnostics

/// One entry of `waivers:`, a finding that a person accepts.
public struct WaiverDeclaration: Sendable {
  /// The rule.
  public let rule: Located<RuleID>
  /// One of the finding's subjects.
  public let subject: Located<String>
  /// Why it is acceptable.
  public let reason: Located<String>
  /// Who said so.
  public let approvedBy: Located<String>
  /// The place of the entry.
  public let span: SourceSpan
}
