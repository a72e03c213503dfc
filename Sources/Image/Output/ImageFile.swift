/// One file of the output folder.
public struct ImageFile: Hashable, Sendable {
  /// Its path within the folder.
  public let name: String
  /// What it holds.
  public let contents: FileContents

  /// Names some contents.
  public init(name: String, contents: FileContents) {
    self.name = name
    self.contents = contents
  }
}
