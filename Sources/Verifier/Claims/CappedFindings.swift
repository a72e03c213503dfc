import Diagnostics

/// Findings of one claim, of which only the first are kept and the others counted: a hostile image must not be able to
/// flood whoever reads them.
struct CappedFindings: Sendable {
  /// How many are kept.
  static let limit = 20

  private let rule: RuleDescription
  private let subjects: [String]
  private var kept: [Finding] = []
  private(set) var count = 0

  /// Collects findings of a rule.
  init(_ rule: RuleDescription, subjects: [String] = []) {
    self.rule = rule
    self.subjects = subjects
  }

  /// Adds a finding; beyond the limit it is not even made.
  mutating func add(_ finding: @autoclosure () -> Finding) {
    count += 1
    if count <= Self.limit { kept.append(finding()) }
  }

  /// The findings, the last of which says how many more there are.
  var all: [Finding] {
    guard count > Self.limit else { return kept }
    return kept + [Finding(rule, .error, "and \(count - Self.limit) more of the same kind", subjects: subjects)]
  }
}
