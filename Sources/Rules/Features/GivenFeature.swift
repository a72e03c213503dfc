import Board
import Diagnostics
import Manifest
import Partition

/// A feature that a manifest gives a domain by name.
struct GivenFeature {
  /// The domain.
  let domain: DomainDraft
  /// What it is given.
  let feature: Feature
  /// Where.
  let span: SourceSpan?

  /// Every feature that is given, but pointer authentication, which a CPU without it simply does not show.
  static func all(of draft: Draft) -> [GivenFeature] {
    draft.domains.flatMap { domain in
      domain.declaration.features.compactMap { entry in
        guard entry.isOn.value, entry.feature.value != .pointerAuthentication else { return nil }
        return GivenFeature(domain: domain, feature: entry.feature.value, span: entry.isOn.span)
      }
    }
  }

  /// `domains.cluster.features.pmu`.
  var subject: String { "\(domain.subject).features.\(feature.rawValue)" }

  /// What is to be said about it.
  func finding(_ rule: RuleDescription, _ message: String, cpus: [BoardCPU] = [], help: String) -> Finding {
    let place = domain.cpus.first { $0.cpu.index == cpus.first?.index }?.span
    return Finding(
      rule, .error, message, subjects: [subject] + cpus.map(\.path),
      resource: cpus.first.map { ResourceReference(.cpu, String($0.index)) } ?? ResourceReference(.feature),
      domains: [domain.name], spans: [span, place], labels: ["the CPU"], help: help)
  }
}
