import Diagnostics

/// The keys of a channel.
enum ChannelKeys {
  static let kind = Key(
    "kind", .word(ChannelKind.self),
    "`memory` (default: pages that one domain writes and others read), or `virtio-block` (a disk that one serves).")
  static let size = Key("size", .size, required: true, "How much memory is shared: whole pages of 4 KiB.")
  static let writer = Key("writer", .domainReference, "The domain that writes.")
  static let readers = Key(
    "readers", Form.list(of: .domainReference, "a list of domains", atLeast: 1) { ($0.value, $0.span) },
    "The domains that read.")
  static let doorbell = Key("doorbell", .truth, "Whether the writer can raise an interrupt at the readers.")
  static let presentation = Key(
    "as", presentationForm,
    "How a domain sees the channel, by name: `memory` (default: a node of the device tree with its pages), or `pci` (a "
      + "function on a PCI bus, which stock drivers like Linux's `uio_pci_generic` take).")
  static let server = Key("server", .domainReference, "The domain that serves the disk.")
  static let client = Key("client", .domainReference, "The domain that uses the disk.")

  static let all: [any SectionKey] = [
    kind, size, writer, readers, doorbell, presentation, server, client,
  ]

  private static let presentationForm = Form<[ChannelPresentation]>.entries(
    Name.ofParty,
    of: Form.word(ChannelForm.self).map { form, node, _ in
      ChannelPresentation(domain: Located(node.heading?.text ?? "", at: node.place), form: form)
    }, "a section with a domain's name for each key", isJoined: false, atLeastOne: true)

  /// The keys that each kind of channel needs; it may not have those of the other.
  static func parties(of kind: ChannelKind) -> [any SectionKey] {
    switch kind {
    case .memory: [writer, readers]
    case .virtioBlock: [server, client]
    }
  }

  static let form = Form<ChannelDeclaration>.section(all, constraints: [choice]) { fields, reading in
    let kind = fields[kind] ?? Located(.memory, at: nil)
    let isWhole = checkKeys(fields, kind.value, reading)
    let writer = kind.value == .memory ? fields[writer] : fields[server]
    let readers = kind.value == .memory ? fields[readers] : fields[client].map { [$0] }
    guard isWhole, let size = fields[size], let writer, let readers else { return nil }
    return ChannelDeclaration(
      name: fields.heading, kind: kind, size: size, writer: writer, readers: readers,
      doorbell: fields[doorbell], presentations: fields[presentation] ?? [], span: fields.node.place)
  }

  /// The schema's way to say which keys go together.
  private static let choice = JSONValue.Member(
    "oneOf",
    .array(
      ChannelKind.allCases.map { kind in
        let others = ChannelKind.allCases.filter { $0 != kind }.flatMap(parties(of:))
        let word: JSONValue = ["const": .string(kind.rawValue)]
        let refused = others.map { JSONValue.Member($0.name, false) }
        let required = parties(of: kind).map { JSONValue.string($0.name) } + (kind == .memory ? [] : ["kind"])
        return ["properties": .object([.init("kind", word)] + refused), "required": .array(required)]
      }))

  private static func checkKeys(_ fields: Fields, _ kind: ChannelKind, _ reading: Reading) -> Bool {
    var isWhole = true
    for key in parties(of: kind) where fields.place(of: key) == nil {
      reading.reportMissing(key, in: fields.node)
      isWhole = false
    }
    for other in ChannelKind.allCases where other != kind {
      for key in parties(of: other) {
        guard let place = fields.place(of: key) else { continue }
        reading.report(
          ManifestRules.channelKeys, at: [place],
          "\(reading.named(fields.node)) is of kind `\(kind.rawValue)`, which has no `\(key.name)`",
          subject: fields.node.path, kind: .channel,
          help: "remove it, or write `kind: \(other.rawValue)`")
      }
    }
    return isWhole
  }
}
