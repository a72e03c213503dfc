import Diagnostics

/// One thing that is proved on the finished bytes. One type a claim, listed in `ClaimBook`.
protocol ProofClaim: Sendable {
  /// What is claimed, in words; its id starts with BH-VER.
  static var description: RuleDescription { get }
  /// Looks at everything that the claim is about.
  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome
}
