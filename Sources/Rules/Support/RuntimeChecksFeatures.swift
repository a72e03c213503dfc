import Diagnostics
import Partition

/// Required CPU features are not compared with the CPUs yet.
enum RuntimeChecksFeatures: Rule {
  static let description = RuleDescription(
    "BH-SUP-024", title: "not supported yet: required CPU features",
    requirement: "A domain shall not have `requires`.",
    hazard:
      "Nobody compares the list with the CPUs yet; a manifest that has it would promise a check that does not happen.",
    applicability: SupportGapRules.applicability,
    example: "requires: [sha2]")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    return context.draft.domains.compactMap { domain in
      guard let first = domain.declaration.requires.first else { return nil }
      return Finding(
        description, .error, "not supported yet: domains.\(domain.name).requires (\(Quotation.quoted(first.value)))",
        subjects: ["\(domain.subject).requires", domain.subject], resource: ResourceReference(.feature, first.value),
        domains: [domain.name], spans: [first.span], help: "take `requires` out")
    }
  }
}
