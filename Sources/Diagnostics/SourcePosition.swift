/// A place in a text file that a person wrote.
public struct SourcePosition: Hashable, Sendable, Comparable {
  /// The file as the user named it (never an absolute path of the build machine unless the user wrote one).
  public let file: String
  /// Line, counted from 1.
  public let line: Int
  /// Column in characters, counted from 1.
  public let column: Int

  /// Makes a position from a file name and a line and column that both count from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Positions order by file, then line, then column.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
