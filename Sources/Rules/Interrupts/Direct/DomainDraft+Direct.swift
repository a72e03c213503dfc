import Diagnostics
import Partition

extension DomainDraft {
  /// It takes its interrupts at EL1, and EL2 gets none on its CPUs.
  var hasDirectInterrupts: Bool { declaration.interrupts.value == .direct }
}

extension RuleContext {
  /// The domains that take interrupts directly, where the runtime that would let them is meant.
  var directDomains: [DomainDraft] { draft.isForRuntime ? draft.domains.filter(\.hasDirectInterrupts) : [] }

  /// A finding on `interrupts: direct` of a domain, at that key and at what it does not go with.
  func directFinding(
    _ rule: RuleDescription, _ message: String, _ domain: DomainDraft, other: DomainDraft? = nil,
    at span: SourceSpan? = nil, label: String = "", help: String
  ) -> Finding {
    Finding(
      rule, .error, message, subjects: [domain.subject] + (other.map { [$0.subject] } ?? []),
      resource: ResourceReference(.interrupt), domains: [domain.name] + (other.map { [$0.name] } ?? []),
      spans: [domain.declaration.interrupts.span ?? domain.declaration.span] + (span.map { [$0] } ?? []),
      labels: span == nil ? [] : [label], help: help)
  }
}
