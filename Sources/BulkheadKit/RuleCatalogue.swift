/// Every rule of every module: what `bulkhead explain` knows and what a SARIF log lists.
public enum RuleCatalogue {
  /// All rules, by id, each once.
  public static let all: [RuleDescription] = modules.flatMap { $0 }.sorted { $0.id < $1.id }

  private static let modules: [[RuleDescription]] = [
    RuleBook.all, DomainTreeRules.all, ImageRules.all, VerifierRules.all, VerifyRules.all, SolverRules.all,
    EmulatorRules.all, KitRules.all,
  ]
}
