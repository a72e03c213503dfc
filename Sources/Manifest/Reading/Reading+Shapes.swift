import Diagnostics

/// Findings about the shape of nodes: a list where a number should be, a key that does not exist.
extension Reading {
  /// A node's scalar, or a finding that something else is expected.
  func scalar(of node: YAMLNode, expecting what: String) -> YAMLScalar? {
    guard case .scalar(let scalar) = node.content else {
      reportWrongShape(node, expecting: what)
      return nil
    }
    guard !scalar.isPlain || !YAMLWord.isNull(scalar.text) else {
      reportNothing(node, scalar, expecting: what)
      return nil
    }
    return scalar
  }

  /// A node's entries, or a finding that something else is expected.
  func entries(of node: YAMLNode, expecting what: String) -> [YAMLEntry]? {
    if let entries = node.entries { return entries }
    reportWrongShape(node, expecting: what)
    return nil
  }

  /// A node's list, or a finding that something else is expected.
  func sequence(of node: YAMLNode, expecting what: String) -> [YAMLNode]? {
    if case .sequence(let nodes) = node.content { return nodes }
    reportWrongShape(node, expecting: what)
    return nil
  }

  /// Text as it was written, or a finding that YAML takes it for something else.
  func text(of node: YAMLNode, expecting what: String) -> Located<String>? {
    guard let scalar = scalar(of: node, expecting: what) else { return nil }
    if scalar.isPlain, let meaning = YAMLWord.meaning(of: scalar.text) {
      report(
        YAMLRules.plainText, at: node,
        "\(Quotation.quoted(scalar.text)) without quotes is \(meaning) to YAML, and \(named(node)) is text",
        help: "write \"\(Quotation.printable(scalar.text.prefix(60)))\" in quotes")
      return nil
    }
    return Located(scalar.text, at: node.span)
  }

  /// How a finding names a node.
  func named(_ node: YAMLNode) -> String {
    node.path.isEmpty ? "the manifest" : Quotation.quoted(node.path)
  }

  private func reportWrongShape(_ node: YAMLNode, expecting what: String) {
    let found: String
    var help: String?
    switch node.content {
    case .refused: return
    case .sequence:
      found = "a list"
      if what.hasPrefix("a section with one") { help = "write each name as a key, without `-` in front" }
    case .mapping:
      found = "a section"
      if what.hasPrefix("a list") { help = "begin each entry with `-`" }
    case .scalar(let scalar) where scalar.isPlain && YAMLWord.isNull(scalar.text):
      return reportNothing(node, scalar, expecting: what)
    case .scalar(let scalar):
      found = "the single value \(Quotation.quoted(scalar.text))"
      if what.hasPrefix("a list") { help = "put it in brackets: `[\(bracketed(scalar.text))]`" }
    }
    if node.path.isEmpty { help = "`bulkhead init BOARD` writes a manifest to begin with" }
    report(ManifestRules.wrongType, at: node, "\(named(node)) is to be \(what), but this is \(found)", help: help)
  }

  /// The entries of a list that was written without brackets; a range of numbers one by one.
  private func bracketed(_ text: String) -> String {
    guard let range = CPUForm.range(text), range.count <= 16 else { return Quotation.printable(text.prefix(60)) }
    return range.map(String.init).joined(separator: ", ")
  }

  private func reportNothing(_ node: YAMLNode, _ scalar: YAMLScalar, expecting what: String) {
    let place = node.heading?.span ?? node.span
    report(
      ManifestRules.wrongType, at: [place],
      scalar.text.isEmpty
        ? "\(named(node)) is to be \(what), but nothing is written here"
        : "\(named(node)) is to be \(what), but \(Quotation.quoted(scalar.text)) without quotes is nothing to YAML",
      subject: node.path, help: "write a value, or remove the key")
  }

  /// Reports a key that the section does not have.
  func reportUnknownKey(_ entry: YAMLEntry, in node: YAMLNode, known: [String]) {
    guard !isFull else { return }
    report(
      ManifestRules.unknownKey, at: [entry.key.span],
      "\(node.path.isEmpty ? "a manifest" : named(node)) has no key \(Quotation.quoted(entry.key.text))",
      subject: entry.value.path,
      help: indentation(of: entry, in: node) ?? Suggestions.help(for: entry.key.text, among: known)
        ?? SectionIndex.help(for: entry.key.text) ?? "the keys are \(known.map { "`\($0)`" }.joined(separator: ", "))")
  }

  /// The way out for a domain or channel that stands at the margin instead of in its section.
  private func indentation(of entry: YAMLEntry, in node: YAMLNode) -> String? {
    guard node.path.isEmpty, let inner = entry.value.entries?.map(\.key.text) else { return nil }
    for (section, marks) in [
      ("domains", ["cpus", "memory", "kernel"]), ("channels", ["writer", "readers", "server"]),
    ]
    where inner.contains(where: marks.contains) {
      return
        "if it is one of the `\(section)`, indent it and what belongs to it by two more spaces, below `\(section):`"
    }
    return nil
  }

  /// Remembers a key that is there with a slip of the finger, which is reported as an unknown one.
  func noteMisspelt(_ key: any SectionKey, in node: YAMLNode) {
    if key.isRequired { isIncomplete = true }
    misspelt.insert(node.path.isEmpty ? key.name : "\(node.path).\(key.name)")
  }

  /// Reports a key that the section must have.
  func reportMissing(_ key: any SectionKey, in node: YAMLNode) {
    isIncomplete = true
    report(
      ManifestRules.missingKey, at: [node.place], "\(named(node)) lacks the key `\(key.name)`", subject: node.path,
      help: "add `\(key.name):`. \(key.documentation)")
  }

  /// Reports every entry of a list that stands there a second time.
  func reportRepetitions(in entries: [(text: String, span: SourceSpan?)], of node: YAMLNode) {
    var first: [String: SourceSpan?] = [:]
    for entry in entries {
      guard let earlier = first[entry.text] else {
        first[entry.text] = entry.span
        continue
      }
      report(
        ManifestRules.repeatedEntry, at: [entry.span, earlier],
        "\(Quotation.quoted(entry.text)) stands twice in \(named(node))", subject: node.path,
        labels: ["written first here"], help: "remove one of the two")
    }
  }
}
