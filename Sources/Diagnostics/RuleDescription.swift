/// What a rule asks and why, in words: the one source for `bulkhead explain`, the README's list and the tests.
///
/// Every module that can produce findings declares its rules as values of this type and lists them in one place
/// (`ManifestRules.all`, `BoardRules.all` …); `Rules` joins these lists into the registry. A finding can only be made
/// from a description, so a rule that is not in the registry cannot speak.
public struct RuleDescription: Hashable, Sendable {
  /// The stable id, `BH-FAMILY-NNN`.
  public let id: RuleID
  /// A few words for a list.
  public let title: String
  /// What must hold, as a sentence with “shall”.
  public let requirement: String
  /// What happens on a board where it does not hold.
  public let hazard: String
  /// Where the rule applies, and why not elsewhere.
  public let applicability: String
  /// The smallest manifest excerpt that breaks it.
  public let example: String
  /// Whether a waiver may cover it: never for a rule that keeps two owners apart.
  public let isWaivable: Bool

  /// Describes a rule.
  public init(
    _ id: String, title: String, requirement: String, hazard: String, applicability: String = "Every manifest.",
    example: String, isWaivable: Bool = false
  ) {
    self.id = RuleID(id)
    self.title = title
    self.requirement = requirement
    self.hazard = hazard
    self.applicability = applicability
    self.example = example
    self.isWaivable = isWaivable
  }
}
