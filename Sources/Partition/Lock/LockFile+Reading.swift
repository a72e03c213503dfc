import Board
import Diagnostics
import Yams

extension LockFile {
  /// A lock of a plan that fills ImageFormat's limits is far smaller than this, in bytes.
  private static let largestFile: UInt64 = 16 << 20

  /// Reads the lock that stands beside a manifest.
  ///
  /// - Throws: `InputError` if it is missing, unreadable, or no lock file.
  public static func read(beside manifest: String) throws(InputError) -> LockFile {
    try read(file: path(beside: manifest))
  }

  /// Reads a lock.
  ///
  /// - Throws: `InputError` if it is missing, unreadable, or no lock file.
  public static func read(file path: String) throws(InputError) -> LockFile {
    let bytes: [UInt8]
    do throws(PayloadProblem) {
      let file = try PayloadFile(path)
      guard file.size <= largestFile else { throw .malformed("it is larger than \(largestFile.byteCount)") }
      bytes = try file.bytes(at: 0, count: Int(file.size))
    } catch {
      let (what, help) =
        switch error {
        case .missing: ("does not exist", "write it with `bulkhead build`, without `--locked`")
        case .notAFile(let kind): ("is \(kind)", "move that out of the way")
        case .unreadable(let reason): ("cannot be read: \(reason)", "make it readable")
        case .malformed(let reason): ("is no lock file: \(reason)", rewrite)
        case .empty, .foreign, .bigEndian: ("is no lock file", rewrite)
        }
      throw failure(path, nil, what, help)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure(path, nil, "is not UTF-8 text", rewrite)
    }
    return try read(text: text, file: path)
  }

  /// Reads a lock from text, as if it stood in `file`.
  public static func read(text: String, file: String) throws(InputError) -> LockFile {
    if let obstacle = YAMLObstacle.first(in: text) {
      let place = SourcePosition(file: file, line: obstacle.line, column: obstacle.column)
      throw failure(file, SourceSpan(start: place), obstacle.words, rewrite)
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _)
    {
      throw failure(file, mark, "is not YAML: \(Quotation.printable(problem))", rewrite)
    } catch {
      throw failure(file, nil, "is not YAML", rewrite)
    }
    guard let root, let top = root.mapping else { throw failure(file, root?.mark, "is no lock file", rewrite) }
    guard let version = top["lock"]?.int else {
      throw failure(file, root.mark, "has no `lock:` with a version", rewrite)
    }
    guard version == Self.version else {
      throw failure(file, top["lock"]?.mark, "has version \(version), and this Bulkhead knows \(Self.version)", rewrite)
    }
    let kept = top["kept"] == nil ? [] : try entries(top["kept"], file)
    return LockFile(
      file: file, manifest: top["name"]?.string ?? "", inputs: try entries(top["inputs"], file),
      addresses: try entries(top["addresses"], file), kept: kept)
  }

  private static let rewrite = "write it again with `bulkhead build`, without `--locked`, and review how it changed"

  private static func entries(_ node: Node?, _ file: String) throws(InputError) -> [LockEntry] {
    guard let mapping = node?.mapping else {
      throw failure(file, node?.mark, "lacks `inputs:` or `addresses:`", rewrite)
    }
    var entries: [LockEntry] = []
    for (key, value) in mapping {
      guard let subject = key.scalar?.string, let text = value.scalar?.string else {
        throw failure(file, key.mark, "has an entry here that is no pair of texts", rewrite)
      }
      entries.append(LockEntry(subject, text, span: span(file, key.mark)))
    }
    return entries
  }

  private static func span(_ file: String, _ mark: Mark?) -> SourceSpan {
    SourceSpan(start: SourcePosition(file: file, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1)))
  }

  private static func failure(_ file: String, _ mark: Mark?, _ what: String, _ help: String) -> InputError {
    failure(file, span(file, mark), what, help)
  }

  private static func failure(_ file: String, _ span: SourceSpan, _ what: String, _ help: String) -> InputError {
    InputError(
      Finding(
        PartitionRules.unreadableLock, .error, "the lock file \(Quotation.quoted(file)) \(what)", subjects: [file],
        resource: ResourceReference(.file, file), spans: [span], help: help))
  }
}
