/// How much of an image a campaign changes.
public enum MutationExtent: Hashable, Sendable {
  /// Every bit, and every structural change.
  case exhaustive
  /// So many bits drawn by a seed, and every structural change.
  case sample(Int, seed: UInt64)
}
