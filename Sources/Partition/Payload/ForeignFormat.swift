/// A file format that cannot be started, or cannot be an initial RAM file system, and what to do about it.
public struct ForeignFormat: Hashable, Sendable {
  /// What it is, with its article: `a gzip-compressed file`.
  public let name: String
  /// What a person can do, as an imperative sentence.
  public let advice: String

  /// Names a format.
  init(_ name: String, _ advice: String) {
    self.name = name
    self.advice = advice
  }
}
