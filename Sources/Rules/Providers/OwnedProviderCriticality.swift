import Diagnostics
import Manifest
import Partition

/// Nobody drives what somebody more critical depends on.
enum OwnedProviderCriticality: Rule {
  static let description = RuleDescription(
    "BH-PRV-003", title: "providers are owned by the most critical",
    requirement:
      "A domain shall not own a provider that devices of a domain of higher criticality, or of the hypervisor, depend "
      + "on. A domain without a level counts as QM.",
    hazard: "A QM driver that gates a clock stops a device that a safety goal rests on (ISO 26262-6, freedom from "
      + "interference).",
    applicability: "Providers with `policy: owned-by`.",
    example:
      "domains:\n  brake: { criticality: ASIL-D, … }\n  radio: { criticality: QM, … }\n"
      + "providers:\n  /soc/clock-controller@1000: { policy: owned-by radio }      # clocks a device of brake")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<[String]> = []
    return context.draft.providers.flatMap { provider -> [Finding] in
      guard let owner = provider.driver, let declaration = provider.declaration else { return [] }
      return (provider.users + provider.hypervisorUsers).compactMap { use in
        guard use.domain != owner, let level = level(of: use, above: owner, context),
          seen.insert([provider.declaredPath ?? provider.path, use.domain]).inserted
        else { return nil }
        return finding(provider, declaration, owner, use, level, context)
      }
    }
  }

  /// The level of a user that stands above the owner's.
  private static func level(of use: ProviderUse, above owner: String, _ context: RuleContext) -> String? {
    if context.isHypervisor(use) { return "all others rest on it" }
    let level = context.criticality(of: use.domain)
    return level > context.criticality(of: owner) ? level.rawValue : nil
  }

  private static func finding(
    _ provider: ProviderPlan, _ declaration: ProviderDeclaration, _ owner: String, _ use: ProviderUse, _ level: String,
    _ context: RuleContext
  ) -> Finding {
    let mine = context.criticality(of: owner).rawValue
    return Finding(
      description, .error,
      "\(provider.path) is owned by domain \(owner) (\(mine)), and \(context.words(use)) (\(level)) needs it "
        + "(\(use.purpose))",
      subjects: [provider.path, use.device], resource: ResourceReference(.provider, provider.path),
      domains: context.isHypervisor(use) ? [owner] : [owner, use.domain],
      spans: [declaration.policy.span ?? declaration.path.span, context.span(of: use)], labels: ["who needs it"],
      help: context.isHypervisor(use)
        ? "write `policy: boot-configured`" : "write `policy: owned-by \(use.domain)`, or `policy: boot-configured`")
  }
}
