import Diagnostics
import Manifest
import Partition

/// Every rate is that of a clock that somebody refers to.
enum ClockRateUsed: Rule {
  static let description = RuleDescription(
    "BH-PRV-008", title: "rates are for clocks in use",
    requirement: "Every clock id under `rates:` should be one that an assigned device refers to.",
    hazard: "A rate for a mistyped id leaves the clock that was meant without one.",
    applicability: "A warning, for `rates:` of providers that are reached.",
    example:
      "providers:\n  /soc/clock-controller@30380000: { policy: boot-configured, rates: { 310: 24000000 } }      # 31 is meant",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.manifest.providers.flatMap { declaration -> [Finding] in
      guard let path = context.draft.board.tree.resolve(declaration.path.value)?.path else { return [] }
      let covered = context.draft.providers.filter { $0.declaredPath == path }
      let numbers = Set(covered.flatMap(\.users).filter { $0.reference.kind == .clock }.map(\.clockNumber)).sorted()
      guard !covered.isEmpty else { return [] }
      return declaration.rates.compactMap { rate in
        guard !numbers.contains(rate.value.clock) else { return nil }
        return Finding(
          description, .warning,
          "providers states a rate for clock \(rate.value.clock) of \(path), to which no assigned device refers",
          subjects: [path], resource: ResourceReference(.provider, String(rate.value.clock), on: path),
          spans: [rate.span],
          help: numbers.isEmpty
            ? "take it out" : "take it out; the clocks in use are \(numbers.map(String.init).listed(16))")
      }
    }
  }
}
