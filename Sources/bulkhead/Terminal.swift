import Foundation

/// Where results and diagnostics go: results to standard output, all else to standard error.
enum Terminal {
  /// Writes a result, with a line break behind it.
  static func print(_ text: String) { write(text, to: .standardOutput) }

  /// Writes a diagnostic or progress, with a line break behind it.
  static func error(_ text: String) { write(text, to: .standardError) }

  private static func write(_ text: String, to stream: FileHandle) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    // A reader that went away (a closed pipe) is no reason to fail.
    try? stream.write(contentsOf: Data(line.utf8))
  }
}
