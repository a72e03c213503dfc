import Board
import Diagnostics
import Partition

/// What a domain with CPUs of several types does not see is told.
enum MixedTypesHidden: Rule {
  static let description = RuleDescription(
    "BH-CPU-008", title: "CPUs of several types in one domain hide what not all have",
    requirement: "What some CPUs of a domain have and others lack should be known to who wrote the manifest.",
    hazard: "A domain that is slower than expected, because an instruction of some of its CPUs is hidden from it.",
    applicability: "Domains with CPUs of several types; a note.",
    example: "cpus: [0, 4]      # a Cortex-A55 and a Cortex-A53: atomics are hidden")

  static func check(_ context: RuleContext) -> [Finding] {
    let board = context.draft.board
    return MixedTypes.all(of: context.draft).compactMap { mix -> Finding? in
      let known = mix.cpus.compactMap { board.identification(of: $0) }
      guard known.count == mix.cpus.count else { return nil }
      let common = CPUIdentification.common(known)
      let hidden = CPUFeature.all.filter { feature in
        !feature.isPresent(in: common) && known.contains { feature.isPresent(in: $0.registers) }
      }
      let types = mix.representatives.compactMap(\.compatible.first).map { Quotation.printable($0) }
      let names = hidden.map(\.name).joined(separator: ", ")
      let what = hidden.isEmpty ? "nothing that has a name is hidden" : "hidden is \(names)"
      return Finding(
        description, .note,
        "domains.\(mix.domain.name) has CPUs of several types (\(types.joined(separator: ", "))) and sees what all have in "
          + "common; \(what)",
        subjects: ["\(mix.domain.subject).cpus"], resource: ResourceReference(.cpu), domains: [mix.domain.name],
        spans: [mix.domain.cpus.first?.span])
    }
  }
}
