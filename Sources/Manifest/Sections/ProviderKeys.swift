import Diagnostics

/// The keys of an entry of `providers:`.
enum ProviderKeys {
  static let policy = Key(
    "policy", policyForm, required: true,
    "`boot-configured` (stays as the boot loader left it), `owned-by NAME`, or `firmware`.")
  static let rates = Key(
    "rates", ratesForm,
    "The rates in hertz at which clocks stay, by clock id; an id of two cells counts as the first times 65536 plus the second."
  )
  static let reason = Key("reason", .text("a reason"), "Why the policy is right.")

  static let all: [any SectionKey] = [policy, rates, reason]

  /// Keys under `providers:`.
  static let node = KeyForm(schema: ["minLength": 1]) { key, path, reading in
    let isOneLine = !key.text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    guard key.text.isEmpty || !isOneLine else { return }
    reading.report(
      ManifestRules.textForm, at: [key.span], "\(Quotation.quoted(key.text)) is no name of a device-tree node",
      subject: path, help: "write the node's path, label or alias")
  }

  static let form = Form<ProviderDeclaration>.section(all) { fields, _ in
    fields[policy].map {
      ProviderDeclaration(path: fields.heading, policy: $0, rates: fields[rates] ?? [], reason: fields[reason])
    }
  }

  private static let ownedBy = "owned-by"
  private static let simple: [(String, ProviderPolicy)] = [
    ("boot-configured", .bootConfigured), ("firmware", .firmware),
  ]

  private static let policyForm: Form<Located<ProviderPolicy>> = {
    let words = simple.map(\.0).joined(separator: "|")
    let schema = Schema(["type": "string", "pattern": .string("^(\(words)|\(ownedBy) +[a-z][a-z0-9-]*)$")])
    return Form(schema) { node, reading in
      let what = "`boot-configured`, `owned-by NAME` or `firmware`"
      guard let text = reading.text(of: node, expecting: what) else { return nil }
      if let policy = simple.first(where: { $0.0 == text.value })?.1 { return Located(policy, at: text.span) }
      let parts = text.value.split(separator: " ")
      if parts.count == 2, parts[0] == ownedBy { return Located(.ownedBy(String(parts[1])), at: text.span) }
      reading.report(
        ManifestRules.unknownWord, at: node,
        "\(reading.named(node)) is \(Quotation.quoted(text.value)), but must be \(what)",
        help: Suggestions.help(for: text.value, among: simple.map(\.0) + ["\(ownedBy) NAME"]))
      return nil
    }
  }()

  /// Clock ids with rates: free keys, so the ids are read from the keys.
  private static let ratesForm: Form<[Located<ProviderRate>]> = {
    // A fixed clock states its rate in one cell (clock-frequency).
    let hertz = Form.number("a rate in hertz, like `100000000`", in: 1...UInt64(UInt32.max), name: "hertz")
    let schema = Schema(
      [
        "type": "object", "propertyNames": ["pattern": "^(0|[1-9][0-9]*|0x[0-9a-fA-F]+)$"],
        "additionalProperties": hertz.schema.fragment,
      ], definitions: hertz.schema.definitions)
    return Form(schema) { node, reading in
      guard let entries = reading.entries(of: node, expecting: "a section of clock ids and hertz") else { return nil }
      return entries.compactMap { entry in
        reading.complete(rate(entry, hertz, reading))
      }
    }
  }()

  private static func rate(
    _ entry: YAMLEntry, _ hertz: Form<Located<UInt64>>, _ reading: Reading
  ) -> Located<ProviderRate>? {
    let rate = hertz.read(entry.value, reading)
    let key = YAMLNode(
      content: .scalar(entry.key.scalar), span: entry.key.span, heading: nil, path: entry.value.path)
    let id = reading.number(
      entry.key.scalar, of: key, expecting: "a clock id, like `31`", in: 0...UInt64(UInt32.max))
    guard let id, let rate else { return nil }
    return Located(ProviderRate(clock: UInt32(truncatingIfNeeded: id.value), hertz: rate.value), at: entry.key.span)
  }
}
