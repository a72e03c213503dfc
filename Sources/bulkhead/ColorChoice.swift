import ArgumentParser
import Foundation

/// `--color`: when diagnostics carry colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether text on this stream is to be coloured; `auto` follows the terminal, and NO_COLOR where it is not empty
  /// (no-color.org).
  func isColored(_ stream: FileHandle) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isatty(stream.fileDescriptor) == 1 && Self.isWelcome(ProcessInfo.processInfo.environment)
    }
  }

  /// Whether somebody with this environment wants colour, and has a terminal that knows it.
  private static func isWelcome(_ environment: [String: String]) -> Bool {
    environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }
}
