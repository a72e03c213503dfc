import Diagnostics
import Ownership

/// What verifying one image came to.
public struct Verification: Sendable {
  /// The container.
  public let image: String
  /// What was decoded; `nil` if the bytes could not be read that far.
  public let system: FinishedSystem?
  /// Who owns what by the bytes.
  public let ownership: Ownership
  /// Each claim in the order of their ids; empty if the bytes could not be read.
  public let claims: [ClaimOutcome]
  /// Everything that does not hold.
  public let findings: [Finding]

  /// Whether every claim holds.
  public var isAccepted: Bool { !findings.containsError }
}
