import Diagnostics

/// What became of an expectation.
public struct ExpectationResult: Sendable {
  /// How it was decided.
  public enum Outcome: Hashable, Sendable {
    /// This line had the text.
    case met(line: String)
    /// It did not appear; in words why the wait ended.
    case missed(reason: String)
  }

  /// What was expected.
  public let expectation: Expectation
  /// Met or not.
  public let outcome: Outcome
  /// From the start of its wait to the decision; of this run only, never part of anything that is built.
  public let elapsed: Duration
  /// The last line of the console that was watched, for a person who looks for the reason; `nil` if there was none.
  public let lastLine: String?

  /// Whether the text appeared.
  public var isMet: Bool {
    if case .met = outcome { true } else { false }
  }

  /// The finding about an expectation that was missed.
  public var finding: Finding? {
    guard case .missed(let reason) = outcome else { return nil }
    let last = lastLine.map { "the last line of [\(expectation.source)] was: \($0)" }
    return Finding(
      EmulatorRules.expectation, .error,
      "[\(expectation.source)] did not print \"\(expectation.text)\": \(reason)", subjects: [expectation.source],
      resource: ResourceReference(.console, expectation.source),
      domains: expectation.source == ConsoleLabels.hypervisor ? [] : [expectation.source],
      spans: [expectation.span], help: last ?? "[\(expectation.source)] printed nothing at all")
  }
}
