import Diagnostics

/// An image whose mutants cannot be told from it, because it is not accepted itself.
public struct RefusedImage: Error {
  /// What is wrong with it.
  public let findings: [Finding]

  /// Says what is wrong.
  public init(findings: [Finding]) { self.findings = findings }
}
