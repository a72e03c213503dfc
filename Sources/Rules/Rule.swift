import Diagnostics

/// One thing that must hold for every plan. Rules see the plan only, never how it came about: the addresses that the
/// planner chose are judged like those that a person wrote.
public protocol Rule: Sendable {
  /// What the rule asks and why.
  static var description: RuleDescription { get }

  /// Every place where the plan breaks the rule.
  static func check(_ context: RuleContext) -> [Finding]
}
