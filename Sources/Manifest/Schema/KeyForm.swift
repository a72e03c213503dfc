import Diagnostics

/// The shape of keys that a person chooses.
struct KeyForm: Sendable {
  /// The schema of the keys (`propertyNames`).
  let schema: JSONValue
  /// Reports a key that does not have the shape; `path` is where it stands.
  let check: @Sendable (_ key: YAMLKey, _ path: String, Reading) -> Void
}
