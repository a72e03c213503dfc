import Diagnostics

/// What a manifest can say already and the backend cannot do yet: read and checked like everything else, then refused,
/// so that nobody believes that it is in force.
enum Support {
  /// Something that a manifest asks for.
  struct Request {
    /// What is asked for, as it is written: `domains.cluster.watchdog`.
    let subject: String
    /// Where.
    let span: SourceSpan?
    /// The domain concerned.
    let domain: String?
  }

  /// One thing that is not supported yet.
  struct Gap: Sendable {
    /// The rule that refuses it.
    let rule: RuleDescription
    /// What to do until then.
    let help: String
    /// Every place of a manifest that asks for it.
    let requests: @Sendable (Manifest) -> [Request]
  }

  /// Everything that is not supported yet.
  static let gaps: [Gap] = [
    Gap(rule: SupportRules.xen, help: "write `backend: bulkhead`, or leave the key out; the section `xen` goes with it")
    { manifest in
      manifest.backend.value == .xen ? [Request(subject: "backend: xen", span: manifest.backend.span, domain: nil)] : []
    },
    Gap(rule: SupportRules.virtioBlock, help: "give the client a disk of its own, or an initrd") { manifest in
      channels(manifest) { $0.kind.value == .virtioBlock ? ("kind: virtio-block", $0.kind.span) : nil }
    },
    Gap(rule: SupportRules.bandwidth, help: "remove `bandwidth`") { manifest in
      domains(manifest) { $0.bandwidth.map { ("bandwidth", $0.span) } }
    },
  ]

  /// Reports everything that the manifest asks for and its backend cannot do yet.
  static func check(_ manifest: Manifest, _ reading: Reading) {
    for gap in gaps {
      for request in gap.requests(manifest) {
        reading.report(
          gap.rule, at: [request.span],
          "\(Quotation.quoted(request.subject)) is not supported yet\(backend(of: manifest))",
          subject: request.subject, kind: .feature, domains: [request.domain].compactMap { $0 }, help: gap.help)
      }
    }
  }

  /// Names the backend, unless that is itself what is not supported.
  private static func backend(of manifest: Manifest) -> String {
    manifest.backend.value == .xen ? "" : " on the backend `\(manifest.backend.value.rawValue)`"
  }

  private static func domains(
    _ manifest: Manifest, _ request: (DomainDeclaration) -> (key: String, span: SourceSpan?)?
  ) -> [Request] {
    manifest.domains.compactMap { domain in
      request(domain).map {
        Request(subject: "domains.\(domain.name.value).\($0.key)", span: $0.span, domain: domain.name.value)
      }
    }
  }

  private static func channels(
    _ manifest: Manifest, _ request: (ChannelDeclaration) -> (key: String, span: SourceSpan?)?
  ) -> [Request] {
    manifest.channels.compactMap { channel in
      request(channel).map { Request(subject: "channels.\(channel.name.value).\($0.key)", span: $0.span, domain: nil) }
    }
  }
}
