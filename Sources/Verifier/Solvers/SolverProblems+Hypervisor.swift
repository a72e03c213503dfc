import Ownership

/// Problems about EL2's own map.
extension SolverProblems {
  /// The problems.
  var hypervisor: [SolverProblem] { [writeOrExecute, tablesReadOnly, hypervisorAttributes] }

  private var writeOrExecute: SolverProblem {
    let code = system.hypervisorMap.leaves.first { $0.descriptor >> 54 & 1 == 0 }
    return SolverProblem(
      "hypervisor-write-or-execute",
      claim: "EL2 maps no page writable and executable, not through two descriptors either",
      sources: [hypervisorMap.source], violation: "a page of EL2's code is also mapped writable"
    ) { isViolated in
      let address = code?.output ?? system.hypervisor.text.base
      return SolverVocabulary.page(.stage1)
        + hypervisorMap.definition([.writable, .executable], adding: isViolated ? .hypervisorData(at: address) : nil)
        + ["(assert (hypervisor-map.writable p))", "(assert (hypervisor-map.executable p))"]
    }
  }

  private var tablesReadOnly: SolverProblem {
    let parts = system.hypervisor
    let constant: [(range: AddressRange, what: String)] =
      [
        (parts.text, "EL2's code by the image's header"), (parts.readOnlyData, "EL2's constants by the image's header"),
        (system.partition.range, "the partition table"),
      ] + tableRanges
    return SolverProblem(
      "hypervisor-read-only",
      claim: "EL2 can write neither its code and constants, nor the partition table, nor a translation table",
      sources: [hypervisorMap.source, "`tables` holds these ranges, as decoded"],
      violation: "EL2 also maps the first page of its own root table writable"
    ) { isViolated in
      SolverVocabulary.page(.stage1)
        + hypervisorMap.definition(
          [.writable], adding: isViolated ? .hypervisorData(at: system.hypervisorMap.root.base) : nil)
        + RangeList("tables", constant).definition() + ["(assert (tables p))", "(assert (hypervisor-map.writable p))"]
    }
  }
}
