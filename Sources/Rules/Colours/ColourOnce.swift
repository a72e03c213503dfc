import Diagnostics

/// A colour has one owner.
enum ColourOnce: Rule {
  static let description = RuleDescription(
    "BH-COL-005", title: "a colour has one owner",
    requirement: "No colour shall be given to two domains, or to a domain and the hypervisor.",
    hazard:
      "The two evict each other's lines from the shared cache, where their timing analysis says that they cannot.",
    applicability: "Manifests with `colours:`.",
    example: "domains:\n  a: { colours: [0, 1] }\n  b: { colours: [1, 2] }")

  static func check(_ context: RuleContext) -> [Finding] {
    var owners: [Int: (party: ColourUse.Party, span: SourceSpan?)] = [:]
    var findings: [Finding] = []
    let use = ColourUse(context.draft)
    for party in use.parties {
      for colour in party.colours {
        guard let (other, span) = owners[colour.value] else {
          owners[colour.value] = (party, colour.span)
          continue
        }
        guard other.subject != party.subject else { continue }
        findings.append(
          Finding(
            description, .error, "colour \(colour.value) is given to \(other.name) and to \(party.name)",
            subjects: [other.subject, party.subject], resource: ResourceReference(.colour, String(colour.value)),
            domains: [other.domain, party.domain].compactMap { $0 }.sorted(), spans: [colour.span, span],
            labels: ["the other owner"], help: help(use)))
      }
    }
    return findings
  }

  private static func help(_ use: ColourUse) -> String {
    let taken = Set(use.parties.flatMap { $0.colours.map(\.value) })
    let free = (0..<(use.colourCount ?? 0)).filter { !taken.contains($0) }.prefix(16)
    return free.isEmpty
      ? "take it out of one of them"
      : "take it out of one of them; free is \(free.map(String.init).joined(separator: ", "))"
  }
}
