/// One thing that Bulkhead has to say about its input.
public struct Finding: Hashable, Sendable {
  /// The rule that speaks.
  public let rule: RuleID
  /// How bad it is.
  public let severity: Severity
  /// One sentence that names the fields and the numbers; no full stop at the end, no line break.
  public let message: String
  /// The parties: node paths, `domains.NAME`, `channels.NAME`, `hypervisor` … in the order of `spans`, where both exist.
  public let subjects: [String]
  /// What they clash over.
  public let resource: ResourceReference?
  /// Names of the domains concerned, sorted.
  public let domains: [String]
  /// The places a person can change, the main one first; for a conflict, both.
  public let spans: [SourceSpan]
  /// What the further places are: `labels[i]` belongs to `spans[i + 1]`; shorter where there is nothing to say.
  public let labels: [String]
  /// The way out, as an imperative sentence; for several lines (manifest text to paste), with line breaks.
  public let help: String?

  /// Makes a finding from the rule that it rests on.
  ///
  /// A place that is `nil` (a default that nobody wrote) is left out together with its label.
  public init(
    _ rule: RuleDescription, _ severity: Severity, _ message: String, subjects: [String] = [],
    resource: ResourceReference? = nil, domains: [String] = [], spans: [SourceSpan?] = [], labels: [String] = [],
    help: String? = nil
  ) {
    self.rule = rule.id
    self.severity = severity
    self.message = message
    self.subjects = subjects
    self.resource = resource
    self.domains = domains.sorted()
    let places = spans.enumerated().compactMap { index, span in
      span.map { (span: $0, label: index > 0 && index <= labels.count ? labels[index - 1] : "") }
    }
    self.spans = places.map(\.span)
    self.labels = places.dropFirst().map(\.label)
    self.help = help
  }

  /// The same finding at a place that its maker did not know; one that has a place keeps it.
  public func located(at span: SourceSpan?) -> Finding {
    spans.isEmpty ? Finding(self, spans: [span].compactMap { $0 }) : self
  }

  private init(_ other: Finding, spans: [SourceSpan]) {
    rule = other.rule
    severity = other.severity
    message = other.message
    subjects = other.subjects
    resource = other.resource
    domains = other.domains
    self.spans = spans
    labels = other.labels
    help = other.help
  }
}

extension Finding {
  /// The finding as a note, after a person has accepted it: what it says stays, with who accepted it and why.
  public func accepted(by person: String, because reason: String, at place: SourceSpan) -> Finding {
    Finding(self, .note, "\(message) (accepted by \(person): \(reason))", spans: spans + [place])
  }

  private init(_ other: Finding, _ severity: Severity, _ message: String, spans: [SourceSpan]) {
    self.rule = other.rule
    self.severity = severity
    self.message = message
    self.subjects = other.subjects
    self.resource = other.resource
    self.domains = other.domains
    self.spans = spans
    self.labels = other.labels
    self.help = other.help
  }
}
