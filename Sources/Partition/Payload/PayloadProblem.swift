/// Why a file cannot be what the manifest wants it to be.
public enum PayloadProblem: Error, Hashable, Sendable {
  /// There is no such file.
  case missing
  /// It is a folder, a device … ; the words say which.
  case notAFile(String)
  /// The operating system refuses, in its words.
  case unreadable(String)
  /// It has no bytes.
  case empty
  /// It is something that an arm64 CPU cannot start as it is.
  case foreign(ForeignFormat)
  /// It is a kernel of the other byte order.
  case bigEndian(String)
  /// A header contradicts itself, the file, or arithmetic; the words say where.
  case malformed(String)
}
