import Diagnostics

extension Form {
  /// A section with fixed keys.
  ///
  /// Everything is read before `build` is called, so that one run shows every finding; `build` gets what could be
  /// read.
  ///
  /// - Parameters:
  ///   - isJoined: Whether the section is joined key by key with an included file's, and so may be marked
  ///     `override: true`.
  ///   - constraints: Further members of the schema object.
  static func section(
    _ keys: [any SectionKey], isJoined: Bool = true, constraints: [JSONValue.Member] = [],
    build: @escaping @Sendable (Fields, Reading) -> Value?
  ) -> Form {
    let merging = Merging.section(Dictionary(keys.map { ($0.name, $0.merging) }) { first, _ in first })
    let schema = sectionSchema(keys, isJoined: isJoined, constraints: constraints)
    return Form(schema, merging: isJoined ? merging : .whole) { node, reading in
      readSection(keys, node, reading).flatMap { build($0, reading) }
    }
  }

  private static func sectionSchema(
    _ keys: [any SectionKey], isJoined: Bool, constraints: [JSONValue.Member]
  ) -> Schema {
    let schemas = keys.map(\.schema)
    var properties = zip(keys, schemas).map { JSONValue.Member($0.name, $1.fragment) }
    if isJoined { properties.append(.init(OverrideMark.key, OverrideMark.schema.fragment)) }
    var members: [JSONValue.Member] = [
      .init("type", "object"), .init("additionalProperties", false), .init("properties", .object(properties)),
    ]
    let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    return Schema(.object(members + constraints), definitions: Schema.definitions(of: schemas))
  }

  private static func readSection(_ keys: [any SectionKey], _ node: YAMLNode, _ reading: Reading) -> Fields? {
    guard let entries = reading.entries(of: node, expecting: "a section with the keys \(listed(keys))") else {
      return nil
    }
    var values: [String: any Sendable] = [:]
    var places: [String: SourceSpan] = [:]
    var misspelt: Set<String> = []
    for entry in entries {
      guard let key = keys.first(where: { $0.name == entry.key.text }) else {
        reading.reportUnknownKey(entry, in: node, known: keys.map(\.name))
        if let meant = Suggestions.nearest(to: entry.key.text, among: keys.map(\.name)) { misspelt.insert(meant) }
        continue
      }
      places[key.name] = entry.key.span
      values[key.name] = reading.complete(key.read(entry.value, reading))
    }
    for key in keys where places[key.name] == nil {
      // A key that is there with a slip of the finger is not missing: the one finding says what to write.
      if misspelt.contains(key.name) {
        reading.noteMisspelt(key, in: node)
      } else if key.isRequired {
        reading.reportMissing(key, in: node)
      }
    }
    return Fields(node: node, values: values, places: places)
  }

  private static func listed(_ keys: [any SectionKey]) -> String {
    let names = keys.prefix(4).map { "`\($0.name)`" }.joined(separator: ", ")
    return keys.count > 4 ? names + " …" : names
  }
}
