/// What is known of the last cache that a CPU shares with others.
public enum CacheStatement: Hashable, Sendable {
  /// Its shape, and who says so: a node of the tree, or board.yaml.
  case known(CacheGeometry, source: String)
  /// Nothing that colours could be counted by, and why, as a sentence's end.
  case unknown(String)
}
