import Diagnostics
import Partition

/// Features that differ from type to type are given to CPUs of one type.
enum FeatureOnOneType: Rule {
  static let description = RuleDescription(
    "BH-FEA-003", title: "performance monitors and SVE on CPUs of one type",
    requirement: "A domain that is given the performance monitors or SVE shall have CPUs of one type.",
    hazard:
      "The domain takes the events, counters and vector lengths of the CPU that it starts on for those of all: it counts "
      + "something else on another one, or keeps too few bytes of a vector.",
    applicability: "`features:` with `pmu: on` or `sve: on`; images for Bulkhead's own runtime.",
    example: "cpus: [0, 4]      # a Cortex-A53 and a Cortex-A72, with features: { pmu: on }")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    let mixes = MixedTypes.all(of: context.draft)
    return GivenFeature.all(of: context.draft).compactMap { given in
      guard given.feature != .debug, let mix = mixes.first(where: { $0.domain.name == given.domain.name }) else {
        return nil
      }
      let named = mix.representatives.map(RequiredFeatures.words).joined(separator: ", ")
      return given.finding(
        description,
        "domains.\(given.domain.name) is given \(given.feature.rawValue) and has CPUs of several types: \(named)",
        cpus: Array(mix.representatives.dropFirst()),
        help: "give it CPUs of one type, or write `\(given.feature.rawValue): off`")
    }
  }
}
