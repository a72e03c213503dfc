import DeviceTree

/// A property's value as a message shows it.
enum PropertyWords {
  /// More than this many cells or characters are cut short.
  private static let limit = 12

  /// `<0x0 0x9000000>`, `"okay"`, `[01 02 03]` or `empty`.
  static func words(_ property: Property) -> String {
    if property.value.isEmpty { return "empty" }
    if let texts = property.strings, texts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } })
    {
      return texts.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    if let cells = property.cells {
      return "<\(cut(cells.map { "0x" + String($0, radix: 16) }))>"
    }
    return "[\(cut(property.value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }))]"
  }

  private static func cut(_ parts: [String]) -> String {
    parts.prefix(limit).joined(separator: " ") + (parts.count > limit ? " … (\(parts.count) in all)" : "")
  }
}
