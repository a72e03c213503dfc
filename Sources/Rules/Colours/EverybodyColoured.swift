import Diagnostics

/// Colours are for all or for none.
enum EverybodyColoured: Rule {
  static let description = RuleDescription(
    "BH-COL-006", title: "everybody has colours, or nobody",
    requirement: "If one domain has colours, or the hypervisor, then every domain and the hypervisor shall have some.",
    hazard: "Memory without colours has pages of every colour: whoever has it evicts the lines of all others.",
    applicability:
      "Manifests with `colours:`. Channels have none and need none: both sides map them Non-cacheable, so that they take no "
      + "line of any cache, and EL2 does not map them.",
    example: "domains:\n  a: { colours: [0, 1] }\n  b: { memory: 64 MiB }      # has no colours: it has them all")

  static func check(_ context: RuleContext) -> [Finding] {
    let use = ColourUse(context.draft)
    guard use.isUsed, let coloured = use.parties.first(where: { !$0.colours.isEmpty }) else { return [] }
    let taken = Set(use.parties.flatMap { $0.colours.map(\.value) })
    let free = (0..<(use.colourCount ?? 0)).filter { !taken.contains($0) }.prefix(16).map(String.init)
    return use.parties.filter(\.colours.isEmpty).map { party in
      let line = party.domain == nil ? "`hypervisor: { colours: […] }`" : "`colours: […]` of \(party.subject)"
      return Finding(
        description, .error,
        "\(coloured.name) has cache colours, and \(party.name) has none, so that its memory has pages of every colour",
        subjects: [party.subject, coloured.subject], resource: ResourceReference(.colour),
        domains: [party.domain, coloured.domain].compactMap { $0 }.sorted(),
        spans: [party.span ?? use.span, coloured.colours.first?.span], labels: ["has colours"],
        help: "write \(line)" + (free.isEmpty ? "" : "; free is \(free.joined(separator: ", "))"))
    }
  }
}
