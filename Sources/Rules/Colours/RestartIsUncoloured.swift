import Diagnostics
import Manifest
import Partition

/// A pristine copy has no colours.
enum RestartIsUncoloured: Rule {
  static let description = RuleDescription(
    "BH-COL-012", title: "domains with colours do not restart",
    requirement: "No domain of a manifest with `colours:` shall have `on-fault: restart`.",
    hazard: "The copy that a domain restarts from is in one piece, with pages of every colour: while EL2 copies it, it "
      + "evicts the lines of all others.",
    applicability: "Manifests with `colours:`.",
    example: "domains:\n  a: { colours: [0, 1], on-fault: restart }")

  static func check(_ context: RuleContext) -> [Finding] {
    let use = ColourUse(context.draft)
    guard use.isUsed else { return [] }
    return context.draft.domains.filter { $0.declaration.onFault.value == .restart }.map { domain in
      Finding(
        description, .error,
        "\(domain.subject).on-fault is restart, and the pristine copy that it takes has pages of every cache colour",
        subjects: [domain.subject], resource: ResourceReference(.colour), domains: [domain.name],
        spans: [domain.declaration.onFault.span, use.span], labels: ["colours are given"],
        help: "write `on-fault: halt`, or take `colours:` out of every domain and the hypervisor")
    }
  }
}
