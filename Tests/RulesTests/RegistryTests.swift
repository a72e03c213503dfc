import Diagnostics
import Partition
import Rules
import Testing

@Suite("The registry of rules and its failing manifests")
struct RegistryTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  @Test(
    "Each failing manifest breaks the rule it names, says so at the right line, and names both sides",
    arguments: Fixture.all)
  func failing(fixture: Fixture) throws {
    let findings = bench.check(fixture.text, tree: fixture.tree, lock: fixture.lock).findings
    let matching = findings.filter { finding in
      finding.rule == fixture.rule && finding.severity == fixture.severity
        && fixture.says.allSatisfy { finding.message.contains($0) }
    }
    let all = findings.map { "\($0.severity) \($0.rule): \($0.message)" }.joined(separator: "\n")
    let finding = try #require(matching.first, "no such finding among\n\(all)")
    #expect(!fixture.says.isEmpty)
    if let here = fixture.here { #expect(finding.spans.first?.start.line == here, "\(finding.message)") }
    if let there = fixture.there { #expect(finding.spans.dropFirst().first?.start.line == there, "\(finding.message)") }
    let others = findings.filter { $0.severity == .error && $0.rule != fixture.rule && !fixture.also.contains($0.rule) }
    #expect(others.isEmpty, "also found\n\(others.map { "\($0.rule): \($0.message)" }.joined(separator: "\n"))")
  }

  @Test("Every rule of planning and judging has a failing manifest, and every failing manifest a rule")
  func bothWays() {
    let rules = Set((PartitionRules.all + WaiverRules.all + RuleBook.all.filter(isJudging)).map(\.id))
    let broken = Set(Fixture.all.map(\.rule))
    #expect(rules.subtracting(broken).sorted().isEmpty, "rules without a failing manifest")
    #expect(broken.subtracting(rules).sorted().isEmpty, "failing manifests without a rule")
  }

  /// The rules of the manifest's reader and of the board's have tests of their own.
  private func isJudging(_ rule: RuleDescription) -> Bool {
    let id = rule.id.rawValue
    if id == "BH-DT-007" { return true }
    guard let number = Int(id.suffix(3)) else { return false }
    return !["BH-YAML-", "BH-MAN-", "BH-DT-", "BH-HLT-", "BH-WDG-"].contains { id.hasPrefix($0) }
      && !(id.hasPrefix("BH-SUP-") && number < 20)
  }

  @Test("Every rule has its own id of the right form, and says what it asks, why, where, and what breaks it")
  func descriptions() {
    #expect(Set(RuleBook.all.map(\.id)).count == RuleBook.all.count)
    for rule in RuleBook.all {
      #expect(rule.id.rawValue.wholeMatch(of: /BH-[A-Z]{2,4}-[0-9]{3}/) != nil)
      #expect(!rule.title.isEmpty && !rule.hazard.isEmpty && !rule.applicability.isEmpty && !rule.example.isEmpty)
      #expect(rule.requirement.contains("shall") || rule.requirement.contains("should"), "\(rule.id)")
    }
  }

  @Test("No rule that keeps two owners apart can be waived")
  func waivable() {
    let waivable = RuleBook.all.filter(\.isWaivable).map(\.id.rawValue)
    #expect(
      waivable == [
        "BH-DEV-023", "BH-DMA-002", "BH-DMA-005", "BH-IRQ-003", "BH-IRQ-004", "BH-PRV-008", "BH-PRV-010", "BH-PRV-011",
      ])
  }

  @Test("Every finding names its parties, and every error says what to do", arguments: Fixture.all)
  func parties(fixture: Fixture) {
    for finding in bench.check(fixture.text, tree: fixture.tree, lock: fixture.lock).findings {
      #expect(!finding.subjects.isEmpty, "\(finding.rule)")
      #expect(finding.severity < .error || finding.help != nil, "\(finding.rule): \(finding.message)")
      #expect(!finding.message.contains("\n") && !finding.message.hasSuffix("."), "\(finding.rule): \(finding.message)")
      #expect(finding.severity < .error || finding.resource != nil, "\(finding.rule)")
    }
  }

  @Test("A manifest with an error never comes to a plan that could be built without a finding of severity error")
  func refusal() {
    for fixture in Fixture.all where fixture.severity == .error {
      let outcome = bench.check(fixture.text, tree: fixture.tree, lock: fixture.lock)
      #expect(outcome.findings.containsError, "\(fixture.file)")
    }
  }
}
