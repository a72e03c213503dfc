/// How a value is joined with one that an included file sets under the same key.
indirect enum Merging: Sendable {
  /// The value counts as a whole: setting it twice is an error unless the section is marked `override: true`.
  case whole
  /// A section of fixed keys is joined key by key, and may carry the mark `override: true`.
  case section([String: Merging])
  /// A section of free keys (names, node paths) is joined key by key.
  case entries(Merging)

  /// How the value of one key is joined.
  func merging(ofKey key: String) -> Merging {
    switch self {
    case .whole: .whole
    case .section(let keys): keys[key] ?? .whole
    case .entries(let each): each
    }
  }
}
