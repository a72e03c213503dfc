/// Every rule of every module: what `bulkhead explain` knows and what a SARIF log lists.
public enum RuleCatalogue {
  /// All rules, by id, each once.
  public static let all: [RuleDescription] =
    (RuleBook.all + DomainTreeRules.all + ImageRules.all + VerifierRules.all + EmulatorRules.all + KitRules.all).sorted
  { $0.id < $1.id }
}
