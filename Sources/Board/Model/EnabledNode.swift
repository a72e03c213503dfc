/// A node that the board's tree leaves disabled, although the board has the device and it can be given away.
public struct EnabledNode: Hashable, Sendable {
  /// Full path.
  public let path: String
  /// Why it can be used.
  public let reason: String

  /// Makes an entry.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
