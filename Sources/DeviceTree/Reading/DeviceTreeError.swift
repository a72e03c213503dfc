/// Why bytes cannot be read as a flattened device tree.
public enum DeviceTreeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The magic number is missing.
  case notATree
  /// There are fewer bytes than the header promises.
  case truncated(expected: Int, found: Int)
  /// A format version that is not the one in use since 2005 (16 or 17).
  case unsupportedVersion(UInt32)
  /// A block starts at an offset that its contents may not have.
  case misaligned(block: String, offset: Int, alignment: Int)
  /// libfdt refuses the structure.
  case corrupt(String)
  /// A node's or property's name has characters that none may have.
  case badName(path: String)
  /// Larger than any tree of a real board, by far.
  case tooLarge(what: String, limit: Int)

  /// The reason, as the end of a sentence that starts with the file's name.
  public var description: String {
    switch self {
    case .notATree:
      "is not a flattened device tree (it does not start with the magic number 0xd00dfeed)"
    case .truncated(let expected, let found):
      "is truncated: its header promises \(expected) bytes, there are \(found)"
    case .unsupportedVersion(let version):
      "is a flattened device tree of version \(version); only versions 16 and 17 are supported"
    case .misaligned(let block, let offset, let alignment):
      "is damaged: its \(block) starts at offset \(offset), which is not a multiple of \(alignment)"
    case .corrupt(let reason):
      "is damaged: \(reason)"
    case .badName(let path):
      "is damaged: under \(path) there is a name with characters that no node or property may have"
    case .tooLarge(let what, let limit):
      "has \(what), more than the \(limit) that Bulkhead reads"
    }
  }
}
