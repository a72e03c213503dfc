import Board
import Diagnostics
import Partition

/// The performance monitors' interrupt goes with the CPU.
enum PerformanceMonitorLine: Rule {
  static let description = RuleDescription(
    "BH-FEA-002", title: "performance monitors with a private interrupt",
    requirement:
      "A domain that is given the performance monitors shall have their interrupt, which the board's tree shall name as "
      + "one private interrupt (PPI) of every CPU.",
    hazard: "A counter overflows and nobody learns of it; or the overflow of one domain's counter interrupts another.",
    applicability: "`features: { pmu: on }`; images for Bulkhead's own runtime. Boards whose monitors have a shared "
      + "interrupt for each CPU are not supported yet.",
    example: "features: { pmu: on }      # on the ZCU102, where each CPU's monitors have a shared interrupt")

  static func check(_ context: RuleContext) -> [Finding] {
    let board = context.draft.board
    guard context.draft.isForRuntime, board.performanceMonitorINTID == nil else { return [] }
    let why =
      board.performanceMonitor.map { monitor in
        let lines = monitor.interrupts.map { String($0.intid) }.joined(separator: ", ")
        return lines.isEmpty
          ? "\(monitor.path) of \(board.name) names no interrupt"
          : "\(monitor.path) of \(board.name) has \(monitor.interrupts.count == 1 ? "the shared interrupt" : "the interrupts") "
            + "\(lines) instead of one that is private to each CPU, which is not supported yet"
      } ?? "the tree of \(board.name) has no enabled node of performance monitors"
    return GivenFeature.all(of: context.draft).filter { $0.feature == .pmu }.map { given in
      given.finding(
        description, "domains.\(given.domain.name) is given the performance monitors, and \(why)",
        help: "write `pmu: off`, or remove it")
    }
  }
}
