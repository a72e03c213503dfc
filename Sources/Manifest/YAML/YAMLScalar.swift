/// A scalar as it was written, with no guess at its type.
struct YAMLScalar: Hashable, Sendable {
  /// The text, escapes resolved.
  let text: String
  /// Written without quotes and not as a block (`|`, `>`).
  let isPlain: Bool
}
