/// What became of one mutant.
enum MutantFate: Hashable {
  /// Refused; the id of the rule that refused it first.
  case killed(String)
  /// Accepted, and by the named rule no other system.
  case equivalent(String)
  /// Accepted without a reason.
  case survived
}
