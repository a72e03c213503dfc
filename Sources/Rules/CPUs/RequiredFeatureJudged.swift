import Board
import Diagnostics
import Partition

/// Whether a CPU has what is required can be said.
enum RequiredFeatureJudged: Rule {
  static let description = RuleDescription(
    "BH-CPU-006", title: "what a CPU has is known where it matters",
    requirement: "Of every CPU of a domain with `requires` it shall be known whether it has what the domain requires.",
    hazard: "A requirement that nobody compared with the CPU is a wish.",
    applicability: "Domains with `requires`, on CPUs of types whose identification registers are in no table.",
    example: "requires: [aes]      # on a qcom,kryo385, of which nothing is known here")

  static func check(_ context: RuleContext) -> [Finding] {
    let features = RequiredFeatures(context.draft)
    return features.demands.compactMap { demand in
      let unknown = features.cpus(demand) { $0 == .unknown }
      guard let first = unknown.first else { return nil }
      let named = unknown.map(RequiredFeatures.words).joined(separator: ", ")
      return demand.finding(
        description, unknown, "what \(named) can do is in no table here",
        help: "look into the CPU's manual and say what it has in the board's board.yaml: "
          + features.statement(demand.feature.name, first))
    }
  }
}
