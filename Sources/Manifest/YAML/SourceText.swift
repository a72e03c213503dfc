import Diagnostics

/// The text of a manifest file, read with everything that can be wrong with a file told apart.
enum SourceText {
  /// A manifest is a few kilobytes; more than this is something else.
  static let largestFile = 1 << 20

  /// The first bytes of a flattened device tree (Devicetree Specification 0.4, section 5.2).
  private static let flattenedTree: [UInt8] = [0xD0, 0x0D, 0xFE, 0xED]

  /// Reads a file as UTF-8 text without byte order mark.
  ///
  /// - Parameter reference: where another manifest names the file, for the finding.
  static func read(file: String, namedAt reference: SourceSpan? = nil) throws(InputError) -> String {
    let bytes: [UInt8]
    do { bytes = try OrdinaryFile.read(file, limit: largestFile) } catch {
      let (message, help) = words(for: error, Quotation.quoted(path: file))
      throw InputError(
        Finding(
          YAMLRules.readableFile, .error, message, subjects: [file], resource: ResourceReference(.file),
          spans: [reference], help: help))
    }
    return try decode(bytes, file: file)
  }

  private static func words(for failure: OrdinaryFile.Failure, _ name: String) -> (message: String, help: String) {
    switch failure {
    case .missing:
      ("the manifest \(name) does not exist", "check the name, or write a new manifest with `bulkhead init`")
    case .folder: ("\(name) is a folder, not a manifest", "name the YAML file inside it")
    case .special: ("\(name) is no ordinary file", "write the manifest into a file")
    case .unreadable: ("the manifest \(name) cannot be read", "check who may read it (`ls -l`)")
    case .tooLarge:
      ("\(name) is larger than \(largestFile >> 20) MiB; no manifest is", "check that the right file is named")
    }
  }

  /// The text of a manifest's bytes: UTF-8, its byte order mark removed.
  static func decode(_ bytes: [UInt8], file: String) throws(InputError) -> String {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return text }
    guard !bytes.starts(with: flattenedTree) else {
      throw InputError(
        Finding(
          YAMLRules.encoding, .error, "\(Quotation.quoted(path: file)) is a flattened device tree, not a manifest",
          subjects: [file], resource: ResourceReference(.file),
          help: "`bulkhead devices FILE` shows what is in it; a manifest names it under `device-tree:`"))
    }
    let (line, column) = firstInvalid(in: body)
    let looksWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    throw InputError(
      Finding(
        YAMLRules.encoding, .error,
        "\(Quotation.quoted(path: file)) is not UTF-8 text" + (looksWide ? " but UTF-16" : ""), subjects: [file],
        resource: ResourceReference(.file),
        spans: [SourceSpan(start: SourcePosition(file: file, line: line, column: column))],
        help: "save it as UTF-8 (every editor can), or check that the right file is named"))
  }

  /// The first character that YAML 1.1 takes for a line break and no editor does: NEL, LS or PS. Lines after it would
  /// be counted wrongly.
  static func firstForeignLineBreak(in text: String, file: String) -> SourceSpan? {
    let breaks: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]
    guard let index = text.unicodeScalars.firstIndex(where: breaks.contains) else { return nil }
    let before = text.unicodeScalars[..<index]
    let line = before.count { $0 == "\n" }
    let start = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
    let column = before.distance(from: start, to: index)
    return SourceSpan(start: SourcePosition(file: file, line: line + 1, column: column + 1))
  }

  /// Line and column, from 1, of the first character that is no UTF-8.
  private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> (line: Int, column: Int) {
    var decoder = UTF8()
    var input = bytes.makeIterator()
    var (line, column) = (1, 1)
    while case .scalarValue(let scalar) = decoder.decode(&input) {
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return (line, column)
  }
}
