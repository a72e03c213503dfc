import Diagnostics
import TestSupport
import Testing

@Suite("Scenarios of real boards")
struct ScenarioTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  @Test("are all there")
  func complete() { #expect(Scenario.all.count == 22) }

  @Test("come to their verdict; a refusal names both sides and the fitting kind of resource", arguments: Scenario.all)
  func verdict(scenario: Scenario) throws {
    try #require(Corpus.names.contains(scenario.board), "the trees are missing: make setup fetches them")
    let outcome = bench.check(scenario.manifest(tree: Corpus.folder + "/" + scenario.board))
    let errors = outcome.findings.filter { $0.severity == .error }
    let said = errors.map { "\($0.rule) \($0.resource?.kind.rawValue ?? "-"): \($0.message)" }.joined(separator: "\n")
    guard scenario.kind == "reject" else {
      #expect(errors.isEmpty, "\(said)")
      #expect(outcome.planning?.plan != nil)
      return
    }
    #expect(!scenario.resourceKinds.isEmpty)
    let naming = errors.filter { finding in
      names(finding, one: scenario.domainA) && names(finding, one: scenario.domainB)
    }
    let kinds = Set(naming.compactMap(\.resource?.kind.rawValue))
    #expect(!kinds.isDisjoint(with: scenario.resourceKinds), "\(kinds) among\n\(said)")
  }

  /// Whether a finding names one of a side's nodes, or one above or below it; a side without nodes needs no naming.
  private func names(_ finding: Finding, one nodes: [String]) -> Bool {
    nodes.isEmpty
      || nodes.contains { node in
        finding.subjects.contains { $0 == node || $0.hasPrefix(node + "/") || node.hasPrefix($0 + "/") }
      }
  }
}
