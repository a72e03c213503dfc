import BulkheadKit
import Foundation

/// Where results and diagnostics go: results to standard output, all else to standard error.
enum Terminal {
  /// Writes a result, with a line break behind it. If it cannot be written the program ends with status 2: a verdict that
  /// nobody got must not look like one.
  static func print(_ text: String) {
    guard let reason = write(text, to: .standardOutput) else { return }
    _ = write("error: the result cannot be written to standard output: \(reason)", to: .standardError)
    exit(CommandStatus.unusableInput.rawValue)
  }

  /// Writes a diagnostic or progress, with a line break behind it.
  static func error(_ text: String) { _ = write(text, to: .standardError) }

  /// Why a text could not be written; `nil` if it was, or if the reader went away (a closed pipe), which is no failure.
  private static func write(_ text: String, to stream: FileHandle) -> String? {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    do {
      try stream.write(contentsOf: Data(line.utf8))
      return nil
    } catch {
      let code = errno(of: error)
      return code == EPIPE ? nil : code.map { String(cString: strerror($0)) } ?? "\(error)"
    }
  }

  /// The number of the system's error behind one that Foundation reports.
  private static func errno(of error: any Error) -> Int32? {
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
    return (error.userInfo[NSUnderlyingErrorKey] as? NSError).flatMap { Int32(exactly: $0.code) }
  }
}
