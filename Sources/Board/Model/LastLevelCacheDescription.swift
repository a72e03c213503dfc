/// What board.yaml says of the last cache that the CPUs share.
public struct LastLevelCacheDescription: Hashable, Sendable {
  /// Its shape.
  public let geometry: CacheGeometry
  /// Where the numbers are from, for people: a manual and its section, or what was measured.
  public let source: String

  /// Makes a description.
  public init(geometry: CacheGeometry, source: String) {
    self.geometry = geometry
    self.source = source
  }
}
