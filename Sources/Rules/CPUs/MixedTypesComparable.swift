import Board
import Diagnostics
import Partition

/// What the CPUs of a domain have in common can be said.
enum MixedTypesComparable: Rule {
  static let description = RuleDescription(
    "BH-CPU-007", title: "CPUs of several types in one domain can be compared",
    requirement:
      "Where a domain has CPUs of several types, the identification registers of each shall be known, so that the domain "
      + "sees what all have in common.",
    hazard: "The domain finds a feature on the CPU that it starts on, uses it on another one, and fails there.",
    applicability: "Images for Bulkhead's own runtime; `board: generic` judges ownership alone.",
    example: "cpus: [0, 4]      # a Cortex-A53 and one of a type that is in no table")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    let board = context.draft.board
    return MixedTypes.all(of: context.draft).flatMap { mix in
      mix.representatives.filter { board.identification(of: $0) == nil }.map { cpu in
        let name = mix.domain.name
        return Finding(
          description, .error,
          "domains.\(name) has CPUs of several types, and what \(RequiredFeatures.words(cpu)) can do is in no table here",
          subjects: ["\(mix.domain.subject).cpus", cpu.path], resource: ResourceReference(.cpu, String(cpu.index)),
          domains: [name], spans: [mix.domain.cpus.first { $0.cpu.index == cpu.index }?.span],
          help: "give domains.\(name) CPUs of one type, or add the type's registers to CPUType+Registers.swift")
      }
    }
  }
}
