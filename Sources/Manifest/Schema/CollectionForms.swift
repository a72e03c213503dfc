import Diagnostics

extension Form {
  /// A list.
  ///
  /// - Parameters:
  ///   - what: The list in words, with its article, for findings.
  ///   - atLeast: The fewest entries.
  ///   - identity: Text by which two entries count as the same, which is then an error.
  static func list<Element: Sendable>(
    of element: Form<Element>, _ what: String, atLeast: Int = 0,
    identity: (@Sendable (Element) -> (text: String, span: SourceSpan?))? = nil
  ) -> Form where Value == [Element] {
    var members: [JSONValue.Member] = [.init("type", "array"), .init("items", element.schema.fragment)]
    if atLeast > 0 { members.append(.init("minItems", .integer(Int64(atLeast)))) }
    if identity != nil { members.append(.init("uniqueItems", true)) }
    return Form(Schema(.object(members), definitions: element.schema.definitions)) { node, reading in
      guard let nodes = reading.sequence(of: node, expecting: what) else { return nil }
      guard nodes.count >= atLeast else {
        reading.report(
          ManifestRules.emptySection, at: node, "\(Quotation.quoted(node.path)) is empty", help: "name at least one")
        return nil
      }
      let elements = nodes.compactMap { reading.complete(element.read($0, reading)) }
      if let identity { reading.reportRepetitions(in: elements.map(identity), of: node) }
      return elements
    }
  }

  /// A section whose keys a person chooses: names, or nodes of the tree.
  static func entries<Element: Sendable>(
    _ names: KeyForm, of element: Form<Element>, _ what: String, isJoined: Bool = true, atLeastOne: Bool = false
  ) -> Form where Value == [Element] {
    var members: [JSONValue.Member] = [
      .init("type", "object"), .init("propertyNames", names.schema),
      .init("additionalProperties", element.schema.fragment),
    ]
    if atLeastOne { members.append(.init("minProperties", 1)) }
    let schema = Schema(.object(members), definitions: element.schema.definitions)
    return Form(schema, merging: isJoined ? .entries(element.merging) : .whole) { node, reading in
      guard let entries = reading.entries(of: node, expecting: what) else { return nil }
      guard !atLeastOne || !entries.isEmpty else {
        reading.report(
          ManifestRules.emptySection, at: node, "\(Quotation.quoted(node.path)) is empty", help: "add at least one")
        return nil
      }
      return entries.compactMap { entry in
        names.check(entry.key, entry.value.path, reading)
        return reading.complete(element.read(entry.value, reading))
      }
    }
  }

  /// Either of two shapes, told apart by whether the node is a plain value.
  static func either(scalar: Form, orElse other: Form) -> Form {
    let schema = Schema(
      ["anyOf": [scalar.schema.fragment, other.schema.fragment]],
      definitions: Schema.definitions(of: [scalar.schema, other.schema]))
    return Form(schema, merging: .whole) { node, reading in
      if case .scalar = node.content { return scalar.read(node, reading) }
      return other.read(node, reading)
    }
  }
}
