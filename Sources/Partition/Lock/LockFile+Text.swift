import Diagnostics

extension LockFile {
  /// The file's text: the same lock always gives the same bytes.
  public var text: String {
    var text = """
      # Written by `bulkhead build`: every input's SHA-256 and every address that was chosen.
      # Review how it changes; `--locked` refuses to build anything else.
      lock: \(Self.version)
      name: \(Self.quoted(manifest))

      """
    let kept = kept.isEmpty ? [] : [("kept", kept)]
    for (heading, entries) in [("inputs", inputs), ("addresses", addresses)] + kept {
      text += entries.isEmpty ? "\(heading): {}\n" : "\(heading):\n"
      for entry in entries { text += "  \(Self.key(entry.subject)): \(Self.quoted(entry.value))\n" }
    }
    return text
  }

  /// A key as it stands before its colon. One that ends more than 1,024 characters behind its start has to be explicit
  /// (YAML 1.2.2, 7.4.3): a path in letters beyond ASCII, each of which takes ten characters here, soon gets there.
  private static func key(_ subject: String) -> String {
    let key = quoted(subject)
    return key.utf8.count > 1000 ? "? \(key)\n  " : key
  }

  /// A YAML double-quoted scalar (YAML 1.2.2, 7.3.1): quotes, backslashes and everything that is not printable ASCII
  /// escaped, so that no file name can change the file's structure.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
