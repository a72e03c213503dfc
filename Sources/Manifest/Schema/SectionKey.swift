import Diagnostics

/// A key with the type of its value forgotten.
protocol SectionKey: Sendable {
  /// The key as it is written.
  var name: String { get }
  /// Whether a section without it is an error.
  var isRequired: Bool { get }
  /// One or two sentences for people.
  var documentation: String { get }
  /// The value's schema with the documentation.
  var schema: Schema { get }
  /// How the value is joined with an included file's.
  var merging: Merging { get }
  /// Reads the value.
  func read(_ node: YAMLNode, _ reading: Reading) -> (any Sendable)?
}
