/// The INTIDs of the trials.
enum TrialLines {
  /// SPIs of the domain.
  static let own = [33, 40, 41, 64, 95, 511, 1019]
  /// Those of them that are edge triggered.
  static let edges = [41, 95, 1019]
  /// SPIs of its neighbour, some in the same words.
  static let foreign = [42, 65, 96, 512]
  /// PPIs of every CPU.
  static let timers = [27, 30]
  /// The domain's console.
  static let console = 50
  /// All that the domain has and SGIs.
  static let all = Array(0..<16) + timers + own + [console]
}
