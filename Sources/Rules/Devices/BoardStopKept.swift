import Diagnostics
import Partition

/// Who can stop the whole board is as critical as anybody on it.
enum BoardStopKept: Rule {
  static let description = RuleDescription(
    "BH-DEV-023", title: "nobody stops the board under somebody more critical",
    requirement:
      "A domain shall not have a device that can reset the whole board or take its power (a watchdog, a reset or "
      + "power controller, the way to a PMIC, the lines that a reboot node names) while a domain of higher "
      + "criticality runs. A domain without a level counts as QM.",
    hazard:
      "A QM driver that starts a watchdog and then hangs resets the chip under a domain that a safety goal rests on "
      + "(ISO 26262-6, freedom from interference): memory, interrupts and CPUs were kept apart for nothing.",
    applicability:
      "Manifests of two domains and more; between domains of equal criticality a warning, and an assumption of use. It "
      + "can be waived, as every resource has one owner all the same: that nothing is wired to a watchdog's reset, or "
      + "that the firmware masks it, is known to people and not to a tree.",
    example:
      "domains:\n  brake: { criticality: ASIL-D, … }\n"
      + "  radio: { criticality: QM, devices: [ /soc/watchdog@30280000 ], … }",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.boardStops.map { stop in
      let (mine, theirs) = (stop.domain.criticality.rawValue, stop.endangered.criticality.rawValue)
      let consequence =
        stop.isUpward ? "which is more critical" : "which is as critical, so that each relies on the other here"
      return Finding(
        description, stop.isUpward ? .error : .warning,
        "domain \(stop.domain.name) (\(mine)) can stop the whole board with \(words(stop)), and with it domain "
          + "\(stop.endangered.name) (\(theirs)), \(consequence)",
        subjects: [stop.device.path, stop.endangered.subject],
        resource: ResourceReference(.device, stop.stopper), domains: [stop.domain.name, stop.endangered.name],
        spans: [stop.device.span, stop.endangered.declaration.criticality?.span],
        labels: ["the highest criticality among the others"], help: help(stop))
    }
  }

  private static func words(_ stop: BoardStop) -> String {
    let own = "\(stop.device.path), because \(stop.reason.words)"
    guard stop.stopper != stop.device.path else { return own }
    return "\(stop.device.path), because \(stop.stopper) has registers in the same page, and \(stop.reason.words)"
  }

  private static func help(_ stop: BoardStop) -> String {
    let leave = "take \(stop.device.path) out of domain \(stop.domain.name)"
    let keep =
      stop.isUpward
      ? ", give it to domain \(stop.endangered.name), or put it under `disabled:`"
      : " if the domain can do without it, or put it under `disabled:`"
    return leave + keep + "; if it cannot stop the board here, a waiver for \(description.id) says why"
  }
}
