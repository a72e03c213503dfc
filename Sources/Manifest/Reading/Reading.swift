import Diagnostics

/// What one run of the reader has found so far.
final class Reading {
  /// More findings than a person will read; beyond them one last finding says that there are more.
  static let mostFindings = 500

  /// The findings in the order in which they were made.
  private(set) var findings: [Finding] = []
  /// Whether some value that was written could not be read, so that what was built is not what the person meant.
  var isIncomplete = false

  /// Where the files lie that the manifest names.
  let places: FilePlaces

  /// Starts without a finding.
  init(places: FilePlaces = .asNamed) { self.places = places }

  /// Keys that are there with a slip of the finger, by path: `domains.cluster.kernel`.
  var misspelt: Set<String> = []

  /// Adds a finding about a place, which belongs to the part of the manifest named by `subject`.
  func report(
    _ rule: RuleDescription, _ severity: Severity = .error, at spans: [SourceSpan?], _ message: String,
    subject: String = "", kind: ResourceKind = .manifest, labels: [String] = [], domains: [String] = [],
    help: String? = nil
  ) {
    guard findings.count < Self.mostFindings else { return reportOverflow(at: spans) }
    findings.append(
      Finding(
        rule, severity, message, subjects: subject.isEmpty ? [] : [subject],
        resource: ResourceReference(kind), domains: domains.isEmpty ? Self.domain(in: subject) : domains, spans: spans,
        labels: labels, help: help))
  }

  /// Whether further findings are left out anyway.
  var isFull: Bool { findings.count > Self.mostFindings }

  /// The value, with a note that something is missing if there is none.
  func complete<Value>(_ value: Value?) -> Value? {
    if value == nil { isIncomplete = true }
    return value
  }

  /// Adds a finding about a node.
  func report(_ rule: RuleDescription, at node: YAMLNode, _ message: String, help: String? = nil) {
    report(rule, at: [node.span], message, subject: node.path, help: help)
  }

  /// The domain that a subject is about: `cluster` for `domains.cluster.memory`.
  private static func domain(in subject: String) -> [String] {
    let parts = subject.split(separator: ".", maxSplits: 2)
    return parts.count >= 2 && parts[0] == "domains" ? [String(parts[1])] : []
  }

  private func reportOverflow(at spans: [SourceSpan?]) {
    guard findings.count == Self.mostFindings else { return }
    findings.append(
      Finding(
        YAMLRules.tooMuch, .error, "there are more than \(Self.mostFindings) findings; the rest is left out",
        resource: ResourceReference(.manifest), spans: spans, help: "mend the first ones and check again"))
  }
}
