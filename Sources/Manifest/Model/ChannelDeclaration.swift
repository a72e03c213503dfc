import Diagnostics

/// One entry of `channels:`.
public struct ChannelDeclaration: Sendable {
  /// The channel's name.
  public let name: Located<String>
  /// What kind of channel it is.
  public let kind: Located<ChannelKind>
  /// Size in bytes.
  public let size: Located<UInt64>
  /// The writer; for `virtio-block` the server.
  public let writer: Located<String>
  /// The readers; for `virtio-block` the one client.
  public let readers: [Located<String>]
  /// Whether a doorbell was asked for.
  public let doorbell: Located<Bool>?
  /// How domains see it, where the manifest says so.
  public let presentations: [ChannelPresentation]
  /// The place of the section.
  public let span: SourceSpan

  /// Name of the channel that is the health page.
  public static let healthName = "health"
  /// Its writer; no domain may have this name.
  public static let hypervisor = "hypervisor"

  /// Whether it is the health page, which EL2 writes: no channel of the manifest's, but there where a domain has
  /// `health: read`.
  public private(set) var isHealthPage = false

  /// The health page for its readers; `nil` without any.
  static func healthPage(_ domains: [DomainDeclaration]) -> ChannelDeclaration? {
    let readers = domains.filter { $0.health?.value == true }
    guard let first = readers.first else { return nil }
    let place = first.health?.span
    var page = ChannelDeclaration(
      name: Located(healthName, at: place), kind: Located(.memory, at: nil), size: Located(4096, at: place),
      writer: Located(hypervisor, at: place), readers: readers.map { Located($0.name.value, at: $0.health?.span) },
      doorbell: nil, presentations: [], span: place ?? first.span)
    page.isHealthPage = true
    return page
  }

  /// How a domain sees it.
  public func form(for domain: String) -> ChannelForm {
    presentations.first { $0.domain.value == domain }?.form.value ?? .memory
  }
}
