/// One claim of isolation as a problem of bit vectors without quantifiers (SMT-LIB 2.6, logic QF_BV), made from what was
/// decoded from the finished bytes.
///
/// A problem asks for a counterexample, so that `unsat` is the proof. Its twin is the same problem with one violation put
/// in; a solver that does not find that one has not understood the problem, or the problem says nothing.
public struct SolverProblem: Hashable, Sendable {
  /// The problem's name, also that of its file: lower-case letters, digits and hyphens.
  public let name: String
  /// What is claimed: one sentence.
  public let claim: String
  /// The problem: `unsat` proves the claim.
  public let text: String
  /// The problem with one violation: it has to be `sat`.
  public let twin: String

  /// Writes both.
  ///
  /// - Parameters:
  ///   - sources: where the constants come from, one sentence each.
  ///   - violation: what the twin has in addition.
  ///   - body: the commands between the head and `(check-sat)`; the argument tells whether the violation belongs in.
  init(
    _ name: String, claim: String, sources: [String], violation: String, body: (_ isViolated: Bool) -> [String]
  ) {
    self.name = name
    self.claim = claim
    let origin = sources.flatMap { SMTNotation.comment($0) }
    let head = SMTNotation.comment("Claim: \(claim).") + origin
    text = Self.text(
      head + SMTNotation.comment("The problem asks for a counterexample: `unsat` proves the claim."), "unsat",
      body(false))
    twin = Self.text(
      head
        + SMTNotation.comment("This is the twin, in which the claim is broken on purpose: \(violation). It is `sat`."),
      "sat", body(true))
  }

  private static func text(_ head: [String], _ status: String, _ body: [String]) -> String {
    let options = ["(set-info :smt-lib-version 2.6)", "(set-logic QF_BV)", "(set-info :status \(status))", ""]
    return (head + options + body + ["", "(check-sat)", "(exit)"]).joined(separator: "\n") + "\n"
  }
}
