/// A run of characters on one line of a text file; what a caret underlines.
public struct SourceSpan: Hashable, Sendable, Comparable {
  /// The first character.
  public let start: SourcePosition
  /// How many characters are meant; at least 1.
  public let length: Int

  /// Makes a span; a length below 1 counts as 1.
  public init(start: SourcePosition, length: Int = 1) {
    self.start = start
    self.length = max(1, length)
  }

  /// Spans order by where they start.
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.start, left.length) < (right.start, right.length)
  }
}
