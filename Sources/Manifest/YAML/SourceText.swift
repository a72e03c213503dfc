import Diagnostics
import Foundation

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
    let name = Quotation.quoted(path: file)
    func failure(_ message: String, help: String) -> InputError {
      InputError(
        Finding(
          YAMLRules.readableFile, .error, message, subjects: [file], resource: ResourceReference(.file),
          spans: [reference], help: help))
    }
    var isDirectory: ObjCBool = false
    guard !file.isEmpty, !file.contains("\0"), FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory)
    else {
      throw failure(
        "the manifest \(name) does not exist", help: "check the name, or write a new manifest with `bulkhead init`")
    }
    guard !isDirectory.boolValue else {
      throw failure("\(name) is a folder, not a manifest", help: "name the YAML file inside it")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    if let kind = attributes?[.type] as? FileAttributeType, kind != .typeRegular, kind != .typeSymbolicLink {
      throw failure("\(name) is no ordinary file", help: "write the manifest into a file")
    }
    guard let handle = FileHandle(forReadingAtPath: file) else {
      throw failure("the manifest \(name) cannot be opened", help: "check who may read it (`ls -l`)")
    }
    defer { try? handle.close() }
    let data: Data
    do { data = try handle.read(upToCount: largestFile + 1) ?? Data() } catch {
      throw failure("the manifest \(name) cannot be read", help: "check that it is a file that you may read")
    }
    guard data.count <= largestFile else {
      throw failure(
        "\(name) is larger than \(largestFile >> 20) MiB; no manifest is", help: "check that the right file is named")
    }
    return try decode(Array(data), file: file)
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
