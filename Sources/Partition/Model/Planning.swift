import Diagnostics

/// What planning a manifest came to.
public struct Planning: Sendable {
  /// The plan; `nil` if something could not be planned (then a finding of severity error says why), or was not asked
  /// for: a domain without a kernel, whose ownership alone is judged.
  public let plan: Plan?
  /// The plan as far as it goes, for the rules.
  public let draft: Draft
  /// What was found while planning; the rules find more.
  public let findings: [Finding]
  /// Whether an input file is missing or unreadable (exit status 2).
  public let hasUnreadableInput: Bool
}
