import Diagnostics

/// Why a part of the plan could not be made.
struct PlanningFailure: Error {
  /// The finding that says so.
  let finding: Finding

  /// Wraps a finding.
  init(_ finding: Finding) { self.finding = finding }
}
