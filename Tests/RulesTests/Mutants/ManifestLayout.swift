/// A tree of values written as YAML with one value a line, and where each stands.
struct ManifestLayout {
  /// The text.
  private(set) var text = ""
  /// The lines of each place, counted from 1: its own first line to its last.
  private(set) var lines: [ManifestItem.Path: ClosedRange<Int>] = [:]
  private var line = 1

  init(_ root: ManifestItem) { write(root, at: [], indentation: "", opening: "") }

  /// Writes a value; `opening` is what stands before it on its line (`key:` or `-`).
  private mutating func write(
    _ item: ManifestItem, at path: ManifestItem.Path, indentation: String, opening: String
  ) {
    let start = line
    let deeper = opening.isEmpty ? indentation : indentation + "  "
    let space = opening.isEmpty ? "" : " "
    switch item {
    case .scalar(let text, let isQuoted):
      add(indentation + opening + space + (isQuoted ? Self.quoted(text) : text))
    case .list(let items):
      add(indentation + opening + (items.isEmpty ? space + "[]" : ""), isNeeded: items.isEmpty || !opening.isEmpty)
      for (index, item) in items.enumerated() { write(item, at: path + [index], indentation: deeper, opening: "-") }
    case .section(let entries):
      add(indentation + opening + (entries.isEmpty ? space + "{}" : ""), isNeeded: entries.isEmpty || !opening.isEmpty)
      for (index, entry) in entries.enumerated() {
        write(entry.value, at: path + [index], indentation: deeper, opening: Self.key(entry.key) + ":")
      }
    }
    lines[path] = start...max(start, line - 1)
  }

  private mutating func add(_ content: String, isNeeded: Bool = true) {
    guard isNeeded else { return }
    text += content + "\n"
    line += 1
  }

  private static func key(_ key: String) -> String {
    key.wholeMatch(of: /[A-Za-z0-9\/][A-Za-z0-9_.,@\/+-]*/) != nil ? key : quoted(key)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
