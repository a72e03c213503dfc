import ArgumentParser
import Foundation

/// `--color`: when diagnostics carry colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether text on this stream is to be coloured; `auto` follows the terminal and NO_COLOR.
  func isColored(_ stream: FileHandle) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isatty(stream.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }
  }
}
