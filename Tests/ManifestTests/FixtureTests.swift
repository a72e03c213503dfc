import Manifest
import Testing

@Suite("Manifests that break a rule")
struct FixtureTests {
  @Test("Every rule has a manifest that breaks it, and every such manifest a rule")
  func completeness() {
    let withFixture = Set(Fixture.all.map(\.rule))
    for rule in ManifestRules.all { #expect(withFixture.contains(rule.id), "\(rule.id) has no fixture") }
    #expect(withFixture.isSubset(of: ManifestRules.all.map(\.id)))
  }

  @Test("What is found is exactly what the file says", arguments: Fixture.all)
  func findings(fixture: Fixture) throws {
    let expected = try fixture.expected()
    #expect(fixture.found() == expected)
    #expect(expected.contains { $0.contains(fixture.rule.rawValue) })
  }

  @Test("No rule id is used twice, and every rule says all it has to")
  func descriptions() {
    let rules = ManifestRules.all
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules {
      #expect(rule.requirement.contains("shall"), "\(rule.id)")
      for text in [rule.title, rule.hazard, rule.applicability, rule.example] { #expect(!text.isEmpty, "\(rule.id)") }
      for text in [rule.requirement, rule.hazard, rule.applicability] { #expect(text.hasSuffix("."), "\(rule.id)") }
      #expect(!rule.isWaivable, "\(rule.id)")
    }
  }
}
