/// Where the device tree of a board comes from.
public enum TreeSource: Hashable, Sendable {
  /// A file below the project's root: source under `dts/`, or a compiled tree.
  case file(String)
  /// A file among the trees of a Debian package, with its SHA-256 (64 lower-case hexadecimal digits) as it was tried.
  case package(name: String, file: String, sha256: String)
  /// What QEMU says of itself with the board's own arguments and this much memory, in bytes, with its SHA-256 as it was
  /// tried.
  case emulator(memory: UInt64, sha256: String)

  /// SHA-256 of the tree that the board was tried with; `nil` for a tree that is kept beside the board.
  public var sha256: String? {
    switch self {
    case .file: nil
    case .package(_, _, let sha256), .emulator(_, let sha256): sha256
    }
  }

  /// Where it comes from, in words.
  public var words: String {
    switch self {
    case .file(let file): file
    case .package(let name, let file, _): "\(file) of package \(name)"
    case .emulator: "QEMU's own description of the board"
    }
  }

  /// The compiled tree's file, relative to the project's root.
  func compiledFile(board: String) -> String {
    if case .file(let file) = self, !file.hasSuffix(".dts") { return file }
    return ".build/boards/\(board).dtb"
  }
}
