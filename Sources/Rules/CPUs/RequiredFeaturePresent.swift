import Board
import Diagnostics
import Partition

/// Every CPU of a domain has what the domain requires.
enum RequiredFeaturePresent: Rule {
  static let description = RuleDescription(
    "BH-CPU-005", title: "CPUs have what their domain requires",
    requirement: "Every CPU of a domain shall have, and show to it, each feature that the domain requires.",
    hazard: "The domain meets an undefined instruction on some of its CPUs, at a time that nobody chose.",
    applicability: "Domains with `requires`.",
    example: "requires: [atomics]      # on a Cortex-A53, which is older than these instructions")

  static func check(_ context: RuleContext) -> [Finding] {
    let features = RequiredFeatures(context.draft)
    return features.demands.flatMap { demand -> [Finding] in
      let lacking = features.cpus(demand) { if case .absent = $0 { true } else { false } }
      let hidden = features.cpus(demand) { $0 == .hidden }
      return [
        finding(demand, lacking, lacking.count == 1 ? "does not have it" : "do not have it") {
          help(demand, lacking, features, context.draft.board)
        },
        finding(demand, hidden, "has it, but the hypervisor hides it from domains") {
          "take \(demand.feature.name) out of domains.\(demand.domain.name).requires"
        },
      ].compactMap { $0 }
    }
  }

  private static func finding(
    _ demand: RequiredFeatures.Demand, _ cpus: [BoardCPU], _ what: String, help: () -> String
  ) -> Finding? {
    guard !cpus.isEmpty else { return nil }
    let named = cpus.map(RequiredFeatures.words).joined(separator: ", ")
    return demand.finding(description, cpus, "\(named) \(what)", help: help())
  }

  private static func help(
    _ demand: RequiredFeatures.Demand, _ lacking: [BoardCPU], _ features: RequiredFeatures, _ board: Board
  ) -> String {
    let name = demand.feature.name
    if let cpu = lacking.first(where: { features.answer(demand, $0) == .absent(isOptional: true) }) {
      return "\(name) is optional on this type of CPU; if this board's have it, say so in the board's board.yaml: "
        + features.statement(name, cpu)
    }
    let better = board.cpus.filter { $0.isEnabled && features.answer(demand, $0) == .present }.map { String($0.index) }
    return better.isEmpty
      ? "no CPU of \(board.name) has it: take it out of `requires`, or use another board"
      : "give the domain CPUs that have it: \(better.joined(separator: ", "))"
  }
}
