/// A key of a mapping with its value.
struct YAMLEntry: Sendable {
  /// The key.
  let key: YAMLKey
  /// The value; its `heading` is the key.
  let value: YAMLNode
}
