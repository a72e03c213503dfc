/// Every claim, in the order of the certificate.
enum ClaimBook {
  /// The claims by id.
  static let all: [any ProofClaim.Type] = [
    WellFormedTables.self,
    RuntimeUnchanged.self,
  ]
}
