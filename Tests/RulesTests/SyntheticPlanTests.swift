import Diagnostics
import Partition
import Rules
import Testing

@Suite("A synthetic plan")
struct SyntheticPlanTests {
  @Test("of 4,000 regions in 16 domains breaks no rule, and one clash among them is found")
  func clash() throws {
    let clean = try SyntheticPlan.draft(regions: 4_000, domains: 16)
    #expect(clean.domains.map(\.memory.count).reduce(0, +) == 4_000)
    #expect(RuleBook.check(clean).filter { $0.severity == .error }.isEmpty)
    #expect(clean.ownership.conflicts.isEmpty)
    let clashing = try SyntheticPlan.draft(regions: 4_000, domains: 16, clash: true)
    let findings = RuleBook.check(clashing).filter { $0.severity == .error }
    #expect(findings.map(\.rule.rawValue) == ["BH-MEM-010"])
    #expect(findings.first?.subjects == ["domains.d0.memory[0]", "domains.d15.memory[249]"])
    #expect(clashing.ownership.conflicts.count == 1)
  }

  @Test("is refused for numbers that make no sense")
  func range() {
    #expect(throws: InputError.self) { try SyntheticPlan.draft(regions: 0, domains: 1) }
    #expect(throws: InputError.self) { try SyntheticPlan.draft(regions: 1, domains: 0) }
    #expect(throws: InputError.self) { try SyntheticPlan.draft(regions: 1, domains: 1001) }
  }
}
