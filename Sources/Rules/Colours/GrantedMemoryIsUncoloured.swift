import Diagnostics
import Partition

/// Reserved memory is where it is and has every colour.
enum GrantedMemoryIsUncoloured: Rule {
  static let description = RuleDescription(
    "BH-COL-009", title: "reserved memory has no colours",
    requirement: "A domain with colours shall not be granted reserved memory.",
    hazard:
      "Reserved memory is in one piece where the tree has it, with pages of every colour, and the domain caches it.",
    applicability: "Domains with `colours:` and `reserved-memory:`.",
    example: "colours: [0, 1]\nreserved-memory: [ /reserved-memory/video ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.compactMap { domain in
      guard let colour = domain.declaration.colours.first, let grant = domain.reservedMemory.first else { return nil }
      return Finding(
        description, .error,
        "\(domain.subject) has colours and is granted \(grant.reserved.path) (\(grant.region.physical)), which has pages of "
          + "every colour",
        subjects: ["\(domain.subject).colours", grant.reserved.path], resource: ResourceReference(.colour),
        domains: [domain.name], spans: [colour.span, grant.span], labels: ["what is granted"],
        help:
          "take `reserved-memory:` out, with the devices that need it, or `colours:` out of every domain and the hypervisor"
      )
    }
  }
}
