import Diagnostics

/// What a session came to.
public struct SessionResult: Sendable {
  /// Why it ended.
  public let end: SessionEnd
  /// All expectations with their outcomes, in their order.
  public let expectations: [ExpectationResult]
  /// What went wrong: the emulator's failure first, then missed expectations. Empty for a good run.
  public let findings: [Finding]
}
