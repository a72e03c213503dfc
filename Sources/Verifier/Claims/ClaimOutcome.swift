import Diagnostics

/// What looking at one claim came to.
public struct ClaimOutcome: Sendable {
  /// The claim.
  public let claim: RuleDescription
  /// Why it does not hold; empty where it does.
  public let findings: [Finding]
  /// What it rests on that the bytes cannot show: one sentence each.
  public let assumptions: [String]
  /// How many things were looked at, so that a claim about nothing can be told from a proof.
  public let examined: Int
  /// What was counted: `leaf descriptors`.
  public let unit: String

  /// States an outcome.
  init(_ claim: RuleDescription, examined: Int, _ unit: String, findings: [Finding], assumptions: [String] = []) {
    self.claim = claim
    self.findings = findings
    self.assumptions = assumptions
    self.examined = examined
    self.unit = unit
  }

  /// The verdict in one word: `refuted`; `empty` where there is nothing that the claim could be about; `assumed` where it
  /// holds only with what the assumptions say; else `proved`.
  public var verdict: String {
    if !findings.isEmpty { return "refuted" }
    if examined == 0, assumptions.isEmpty { return "empty" }
    return assumptions.isEmpty ? "proved" : "assumed"
  }
}
