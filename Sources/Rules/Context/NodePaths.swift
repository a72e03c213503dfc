extension String {
  /// Whether two node paths are the same, or one node lies above the other.
  func isRelated(to other: String) -> Bool { self == other || hasPrefix(other + "/") || other.hasPrefix(self + "/") }
}
