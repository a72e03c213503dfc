import Board
import Diagnostics
import Manifest
import Partition

/// Who asks for which colours, and what the caches behind the CPUs say.
struct ColourUse {
  /// A domain or the hypervisor.
  struct Party {
    /// As a message names it.
    let name: String
    /// As a finding's subject.
    let subject: String
    /// The domain's name; `nil` for the hypervisor.
    let domain: String?
    /// What it asks for.
    let colours: [Located<Int>]
    /// Where the manifest speaks of it.
    let span: SourceSpan?
  }

  /// A CPU of a domain and the cache behind it.
  struct Place {
    let domain: DomainDraft
    let cpu: CPUDraft
    let cache: CacheStatement

    /// The cache's shape, if it is known.
    var geometry: CacheGeometry? { if case .known(let geometry, _) = cache { geometry } else { nil } }
    /// Who says so.
    var source: String { if case .known(_, let source) = cache { source } else { cpu.cpu.path } }
  }

  /// The domains in the manifest's order, then the hypervisor.
  let parties: [Party]
  /// Every CPU of every domain.
  let places: [Place]

  /// Looks at a draft.
  init(_ draft: Draft) {
    parties =
      draft.domains.map {
        Party(
          name: "domain \($0.name)", subject: $0.subject, domain: $0.name, colours: $0.declaration.colours,
          span: $0.declaration.span)
      } + [
        Party(
          name: "the hypervisor", subject: "hypervisor", domain: nil, colours: draft.manifest.hypervisor.colours,
          span: draft.manifest.hypervisor.colours.first?.span)
      ]
    guard parties.contains(where: { !$0.colours.isEmpty }) else {
      places = []
      return
    }
    places = draft.domains.flatMap { domain in
      domain.cpus.map { Place(domain: domain, cpu: $0, cache: draft.board.lastLevelCache(of: $0.cpu)) }
    }
  }

  /// Whether anybody asks for colours.
  var isUsed: Bool { parties.contains { !$0.colours.isEmpty } }

  /// How many colours there are by every cache; `nil` where one is unknown or they do not agree.
  var colourCount: Int? {
    let counts = Set(places.map { $0.geometry?.colours ?? 0 })
    return counts.count == 1 ? counts.first.flatMap { $0 > 1 ? $0 : nil } : nil
  }

  /// The first place where somebody asks for colours.
  var span: SourceSpan? { parties.lazy.compactMap { $0.colours.first?.span }.first }
}
