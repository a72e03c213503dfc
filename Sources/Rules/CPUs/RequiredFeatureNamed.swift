import Board
import Diagnostics
import Partition

/// Required features have names that are known.
enum RequiredFeatureNamed: Rule {
  static let description = RuleDescription(
    "BH-CPU-004", title: "required CPU features are known by name",
    requirement: "Every entry of `requires` shall be the name of a CPU feature, as Linux has it in /proc/cpuinfo.",
    hazard: "A misspelt requirement would never be compared with any CPU.",
    example: "requires: [sha256]      # the name is sha2")

  static func check(_ context: RuleContext) -> [Finding] {
    let names = CPUFeature.all.map(\.name)
    return context.draft.domains.flatMap { domain in
      domain.declaration.requires.filter { CPUFeature.named($0.value) == nil }.map { word in
        let nearest = Suggestions.nearest(to: word.value, among: names).map { "did you mean `\($0)`? " } ?? ""
        return Finding(
          description, .error,
          "domains.\(domain.name).requires names \(Quotation.quoted(word.value)), which is no CPU feature that is known",
          subjects: ["\(domain.subject).requires"], resource: ResourceReference(.cpu), domains: [domain.name],
          spans: [word.span], help: nearest + "known are \(names.sorted().joined(separator: ", "))")
      }
    }
  }
}
