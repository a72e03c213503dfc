/// Why a tree cannot be written as a blob.
public enum TreeWritingError: Error, Hashable {
  /// The name of a node or property holds a zero byte, or a node other than the root has none.
  case invalidName(String)
  /// The blob would have more than this many bytes.
  case tooLarge(limit: Int)
  /// More levels than this.
  case tooDeep(limit: Int)
  /// libfdt refused, in its own words.
  case refused(String)

  /// What is wrong, as the end of a sentence that names the tree.
  public var words: String {
    switch self {
    case .invalidName(let name): "“\(name)” cannot be the name of a node or property"
    case .tooLarge(let limit): "it would be larger than \(limit) bytes"
    case .tooDeep(let limit): "it has more than \(limit) levels"
    case .refused(let reason): "libfdt says: \(reason)"
    }
  }
}
