import Diagnostics

/// The shape of one value in a manifest: how it is read, what an editor is told about it, and how two files that both
/// set it are joined.
///
/// A form is the single source for the parser and the JSON Schema: `read` and `schema` are made together, by the same
/// function, from the same arguments.
struct Form<Value: Sendable>: Sendable {
  /// What an editor is told.
  let schema: Schema
  /// What happens when an included file sets the same value.
  let merging: Merging
  /// Reads a node; `nil`, with a finding, if it does not have the shape.
  let read: @Sendable (YAMLNode, Reading) -> Value?

  init(
    _ schema: Schema, merging: Merging = .whole, read: @escaping @Sendable (YAMLNode, Reading) -> Value?
  ) {
    self.schema = schema
    self.merging = merging
    self.read = read
  }

  /// The same shape, its value turned into another; `nil` from `transform` must come with a finding.
  func map<Other: Sendable>(
    _ transform: @escaping @Sendable (Value, YAMLNode, Reading) -> Other?
  ) -> Form<Other> {
    Form<Other>(schema, merging: merging) { node, reading in
      read(node, reading).flatMap { transform($0, node, reading) }
    }
  }
}
