import Diagnostics

/// The keys of an entry of `waivers:`.
enum WaiverKeys {
  static let rule = Key(
    "rule", .line("the id of a rule", atLeast: 1), required: true, "The rule, as a finding names it.")
  static let subject = Key(
    "subject", .line("what the finding is about", atLeast: 1), required: true,
    "One of the finding's subjects: a node path, `domains.NAME` …")
  static let reason = Key("reason", .text("a reason"), required: true, "Why the finding is acceptable.")
  static let approvedBy = Key(
    "approved-by", .text("the name of a person"), required: true, "Who takes the responsibility.")

  static let all: [any SectionKey] = [rule, subject, reason, approvedBy]

  static let form = Form<WaiverDeclaration>.section(all, isJoined: false) { fields, _ in
    guard let rule = fields[rule], let subject = fields[subject], let reason = fields[reason],
      let approvedBy = fields[approvedBy]
    else { return nil }
    return WaiverDeclaration(
      rule: rule.map { RuleID($0) }, subject: subject, reason: reason, approvedBy: approvedBy, span: fields.node.span)
  }
}
