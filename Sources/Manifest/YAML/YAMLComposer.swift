import Diagnostics

/// Builds the tree of one YAML document from libyaml's events.
///
/// What YAML allows and a manifest does not (anchors, aliases, merge keys, tags, several documents, keys that are no
/// text, a key twice, deep nesting) becomes a finding each, and the rest is still read. Works with a stack of its own,
/// so no input can exhaust the program's.
struct YAMLComposer {
  /// Deeper than any manifest: domains / NAME / devices / entry / set / property / list is 7.
  static let deepestNesting = 16
  /// Longer than any node path of a real device tree.
  private static let longestKeyInPath = 256

  private let reading: Reading
  private let events: YAMLEventStream
  private var open: [Collection] = []
  private var root: YAMLNode?

  /// A sequence or mapping whose end has not come yet.
  private struct Collection {
    let isMapping: Bool
    let span: SourceSpan
    let heading: YAMLKey?
    let path: String
    var nodes: [YAMLNode] = []
    var entries: [YAMLEntry] = []
    var firstPlaces: [String: SourceSpan] = [:]
    var pendingKey: PendingKey = .none
  }

  /// Where a mapping is between a key and its value.
  private enum PendingKey {
    case none
    case key(YAMLKey)
    /// The key was refused; its value is read and dropped.
    case refused
  }

  /// The root node of the text, or `nil` if there is none that could be used; findings go to `reading`.
  static func compose(text: String, file: String, reading: Reading) throws(YAMLSyntaxError) -> YAMLNode? {
    var composer = YAMLComposer(reading: reading, events: YAMLEventStream(text: text, file: file))
    return try composer.run()
  }

  private init(reading: Reading, events: YAMLEventStream) {
    self.reading = reading
    self.events = events
  }

  private mutating func run() throws(YAMLSyntaxError) -> YAMLNode? {
    var documents = 0
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd:
        if documents == 0 { reportEmpty(at: event.span) }
        return root
      case .documentStart:
        documents += 1
        if documents > 1 {
          reading.report(
            YAMLRules.oneDocument, at: [event.span], "a second YAML document begins here; a manifest is one document",
            help: "remove the `---`, or move what follows into a file of its own")
          return root
        }
      case .sequenceStart, .mappingStart:
        guard open.count < Self.deepestNesting else {
          reading.report(
            YAMLRules.tooMuch, at: [event.span],
            "lists and sections are nested more than \(Self.deepestNesting) deep here; no manifest needs that",
            help: "write the manifest with fewer levels")
          return nil
        }
        refuseDecoration(of: event)
        begin(event)
      case .sequenceEnd, .mappingEnd: end()
      case .scalar(let scalar):
        refuseDecoration(of: event)
        attach(node(.scalar(scalar), span: event.span))
      case .alias:
        reading.report(
          YAMLRules.noAliases, at: [event.span], "an alias (`*name`) is not allowed in a manifest",
          subject: place.path, help: "write the value out, or share it through a file under `include:`")
        attach(node(.refused, span: event.span))
      case .other: break
      }
    }
  }

  private func reportEmpty(at place: SourceSpan) {
    reading.report(
      YAMLRules.oneDocument, at: [place], "there is nothing in this file but comments and empty lines",
      help: "`bulkhead init BOARD` writes a manifest to begin with")
  }

  /// The key and path of the node that comes next.
  private var place: (heading: YAMLKey?, path: String) {
    guard let collection = open.last else { return (nil, "") }
    if !collection.isMapping { return (nil, "\(collection.path)[\(collection.nodes.count)]") }
    guard case .key(let key) = collection.pendingKey else { return (nil, collection.path) }
    return (key, Self.path(of: key.text, in: collection.path))
  }

  /// The path of a key's value. A long key is cut: every node below it repeats the path.
  private static func path(of key: String, in parent: String) -> String {
    let isLong = key.unicodeScalars.dropFirst(longestKeyInPath).first != nil
    let name = isLong ? String(String.UnicodeScalarView(key.unicodeScalars.prefix(longestKeyInPath))) + "…" : key
    return parent.isEmpty ? name : "\(parent).\(name)"
  }

  private func node(_ content: YAMLNode.Content, span: SourceSpan) -> YAMLNode {
    YAMLNode(content: content, span: span, heading: place.heading, path: place.path)
  }

  private mutating func begin(_ event: YAMLEvent) {
    guard case .mappingStart = event.kind else {
      return open.append(
        Collection(isMapping: false, span: first(of: event), heading: place.heading, path: place.path))
    }
    open.append(Collection(isMapping: true, span: first(of: event), heading: place.heading, path: place.path))
  }

  private func first(of event: YAMLEvent) -> SourceSpan { SourceSpan(start: event.span.start) }

  private mutating func end() {
    guard let collection = open.popLast() else { return }
    let content: YAMLNode.Content = collection.isMapping ? .mapping(collection.entries) : .sequence(collection.nodes)
    attach(YAMLNode(content: content, span: collection.span, heading: collection.heading, path: collection.path))
  }

  /// Puts a finished node where it belongs: the root, a list, a key or a value.
  private mutating func attach(_ node: YAMLNode) {
    guard var collection = open.popLast() else {
      root = node
      return
    }
    defer { open.append(collection) }
    guard collection.isMapping else { return collection.nodes.append(node) }
    switch collection.pendingKey {
    case .none: collection.pendingKey = pendingKey(node, in: &collection)
    case .key(let key):
      collection.entries.append(YAMLEntry(key: key, value: node))
      collection.pendingKey = .none
    case .refused: collection.pendingKey = .none
    }
  }

  private func pendingKey(_ node: YAMLNode, in collection: inout Collection) -> PendingKey {
    switch node.content {
    case .refused: return .refused
    case .sequence, .mapping:
      reading.report(
        YAMLRules.keysAreText, at: [node.span], "a key here is a list or section; the keys of a manifest are words",
        subject: collection.path, help: "write `key: value`; braces inside a value need quotes")
      return .refused
    case .scalar(let scalar) where scalar == YAMLScalar(text: "<<", isPlain: true):
      reading.report(
        YAMLRules.noAliases, at: [node.span], "a merge key (`<<`) is not allowed in a manifest",
        subject: collection.path, help: "write the keys out, or share them through a file under `include:`")
      return .refused
    case .scalar(let scalar):
      if let first = collection.firstPlaces[scalar.text] {
        reading.report(
          YAMLRules.duplicateKey, at: [node.span, first], "the key \(Quotation.quoted(scalar.text)) stands here twice",
          subject: Self.path(of: scalar.text, in: collection.path),
          labels: ["written first here"], help: "keep one of the two")
        return .refused
      }
      collection.firstPlaces[scalar.text] = node.span
      return .key(YAMLKey(scalar: scalar, span: node.span))
    }
  }

  private func refuseDecoration(of event: YAMLEvent) {
    if let anchor = event.anchor {
      reading.report(
        YAMLRules.noAliases, at: [event.span],
        "an anchor (\(Quotation.quoted("&" + anchor))) is not allowed in a manifest",
        subject: place.path, help: "remove it; what several manifests share goes into a file under `include:`")
    }
    if let tag = event.tag {
      reading.report(
        YAMLRules.noTags, at: [event.span], "a YAML tag (\(Quotation.quoted(tag))) is not allowed in a manifest",
        subject: place.path, help: "remove the tag; each key has one type, and quotes make a value text")
    }
  }
}
