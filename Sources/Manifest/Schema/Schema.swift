import Diagnostics

/// A piece of JSON Schema (draft 7) and the named definitions that it refers to.
struct Schema: Sendable {
  /// The piece itself.
  let fragment: JSONValue
  /// Definitions by name.
  let definitions: [String: JSONValue]

  init(_ fragment: JSONValue, definitions: [String: JSONValue] = [:]) {
    self.fragment = fragment
    self.definitions = definitions
  }

  /// The piece under a name of its own, referred to by that name.
  func named(_ name: String) -> Schema {
    Schema(
      ["$ref": .string("#/definitions/\(name)")],
      definitions: definitions.merging([name: fragment]) { first, _ in first })
  }

  /// The piece with a description in front.
  func described(_ text: String) -> Schema {
    guard case .object(let members) = fragment else { return self }
    return Schema(.object([.init("description", .string(text))] + members), definitions: definitions)
  }

  /// The definitions of several pieces together.
  static func definitions(of schemas: [Schema]) -> [String: JSONValue] {
    schemas.reduce(into: [:]) { $0.merge($1.definitions) { first, _ in first } }
  }
}
