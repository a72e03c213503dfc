/// When a session ends although nothing else ends it.
public struct SessionLimits: Sendable {
  /// How long the whole session may last; `nil` for as long as it likes.
  public var time: Duration?
  /// How long all consoles together may stay silent; `nil` for as long as they like.
  public var silence: Duration?

  /// No limit where none is given.
  public init(time: Duration? = nil, silence: Duration? = nil) {
    self.time = time
    self.silence = silence
  }
}
