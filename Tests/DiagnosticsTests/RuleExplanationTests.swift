import Diagnostics
import Testing

@Suite("Explaining rules")
struct RuleExplanationTests {
  private let rules = [Examples.rule, Examples.waivable]

  @Test("An explanation says what the rule asks, why, where, whether it can be waived, and what breaks it")
  func explanation() {
    #expect(
      RuleExplanation.text(for: Examples.rule) == """
        BH-TST-001: an example

        Requirement
          It shall hold.

        Without it
          It would not.

        Applies to
          Every manifest. It cannot be waived.

        An example that breaks it
          a: b

        """)
    #expect(RuleExplanation.text(for: Examples.waivable).contains("A waiver may cover it."))
  }

  @Test("A rule is found whatever the case of its letters; an unknown one gets a hint")
  func lookup() {
    #expect(RuleExplanation.rule(named: "bh-tst-002", among: rules) == Examples.waivable)
    #expect(RuleExplanation.rule(named: "BH-TST", among: rules) == nil)
    #expect(
      RuleExplanation.unknownRule("BH-TST-01", among: rules)
        == "there is no rule `BH-TST-01`; did you mean `BH-TST-001`?")
    #expect(
      RuleExplanation.unknownRule("bh", among: rules)
        == "there is no rule `bh`; rules that begin so: BH-TST-001, BH-TST-002")
    #expect(RuleExplanation.unknownRule("", among: rules).hasPrefix("there is no rule ``; a finding shows"))
  }
}
