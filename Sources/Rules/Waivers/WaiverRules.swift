import Diagnostics
import Manifest

/// Findings that a person accepts.
public enum WaiverRules {
  /// Every rule of the family.
  public static let all: [RuleDescription] = [unused]

  static let unused = RuleDescription(
    "BH-WVR-001", title: "waivers that waive something",
    requirement: "Every waiver should accept a finding that there is.",
    hazard: "A waiver whose reason has gone hides the same finding when it comes back for another reason.",
    applicability: "A warning.",
    example: "waivers: [ { rule: BH-DMA-002, subject: /nowhere, reason: \"…\", approved-by: \"…\" } ]")

  /// The findings as the waivers leave them: an accepted one becomes a note that says who accepted it and why; a waiver
  /// that accepts nothing is a warning. One for a rule that cannot be waived changes nothing; the manifest's reader
  /// refuses it.
  ///
  /// - Parameter rules: the registry, which says what can be waived.
  public static func apply(
    _ waivers: [WaiverDeclaration], to findings: [Finding], rules: [RuleDescription] = RuleBook.all
  ) -> [Finding] {
    let waivable = Set(rules.filter(\.isWaivable).map(\.id))
    var result = findings
    var added: [Finding] = []
    for waiver in waivers {
      guard waivable.contains(waiver.rule.value) else { continue }
      let accepted = findings.indices.filter { index in
        findings[index].rule == waiver.rule.value && findings[index].subjects.contains(waiver.subject.value)
      }
      for index in accepted { result[index] = accept(findings[index], waiver) }
      if accepted.isEmpty { added.append(idle(waiver)) }
    }
    return (result + added).ordered()
  }

  private static func accept(_ finding: Finding, _ waiver: WaiverDeclaration) -> Finding {
    finding.accepted(
      by: Quotation.printable(waiver.approvedBy.value), because: Quotation.printable(waiver.reason.value),
      at: waiver.span)
  }

  private static func idle(_ waiver: WaiverDeclaration) -> Finding {
    Finding(
      unused, .warning,
      "the waiver for \(waiver.rule.value) on \(Quotation.quoted(waiver.subject.value)) accepts nothing",
      subjects: [waiver.subject.value, waiver.rule.value.rawValue], resource: ResourceReference(.manifest),
      spans: [waiver.subject.span ?? waiver.span],
      help: "take it out, or write the subject as the finding names it")
  }
}
