import Diagnostics
import Manifest
import Partition

/// Says which hardware stays as the boot loader left it because only one domain depends on it.
enum ProviderLeftAlone: Rule {
  static let description = RuleDescription(
    "BH-PRV-009", title: "providers of one domain stay as they are",
    requirement:
      "A provider that only one domain depends on and that no entry of `providers:` covers shall stay as the boot loader "
      + "left it, and be named.",
    hazard:
      "The domain's drivers cannot change its clocks, resets or pins; a device that the boot loader did not set up "
      + "does not work.",
    applicability: "A note for each domain.",
    example: "devices: [ /soc/serial@30890000 ]      # its clock and pin controllers stay outside")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.compactMap { domain in
      let alone = context.draft.providers.filter { provider in
        provider.policy == .bootConfigured && provider.declaration == nil && provider.isSettled
          && provider.domains == [domain.name]
      }
      guard let first = alone.first else { return nil }
      let number =
        alone.count == 1
        ? "one provider that stays as the boot loader left it"
        : "\(alone.count) providers that stay as the boot loader left them"
      let example = alone.first { context.draft.board.device(at: $0.path)?.registers.isEmpty == false }
      return Finding(
        description, .note,
        "domain \(domain.name)'s devices depend on \(number): "
          + alone.map(\.path).listed(),
        subjects: [domain.subject] + alone.map(\.path), resource: ResourceReference(.provider, first.path),
        domains: [domain.name], spans: [first.users.first.flatMap { context.span(of: $0) }],
        help: example.map {
          "to let the domain drive one, write for example\nproviders:\n"
            + "  \($0.path): { policy: owned-by \(domain.name), reason: \"…\" }"
        })
    }
  }
}
