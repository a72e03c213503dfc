import Diagnostics

/// One entry of a domain's `files:`.
public struct FileDeclaration: Sendable {
  /// The path.
  public let path: Located<String>
  /// The guest address at which the file's first byte is to be.
  public let load: Located<UInt64>
}
