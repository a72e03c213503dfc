import Diagnostics

/// A key of a mapping and where it stands.
struct YAMLKey: Hashable, Sendable {
  /// The key as it was written.
  let scalar: YAMLScalar
  /// Its place.
  let span: SourceSpan

  /// The key's text.
  var text: String { scalar.text }
}
