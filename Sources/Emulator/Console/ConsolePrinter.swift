import Foundation

/// Writes labelled lines on a file descriptor, in a colour per source if wanted.
///
/// In case two sources' pieces come in turn, the line of the first is ended before the second one's starts.
public struct ConsolePrinter: Sendable {
  /// SGR foreground colours (ECMA-48, section 8.3.117), EL2 first: bright black, then colours that can be told apart.
  private static let colours = [90, 36, 33, 35, 32, 34, 31]

  private let descriptor: Int32
  private let labels: [String: String]
  private var open: String?

  /// Prepares the labels; `isColoured` should be false where nobody watches.
  public init(descriptor: Int32 = 1, names: [String], isColoured: Bool) {
    self.descriptor = descriptor
    var labels: [String: String] = [:]
    for (index, name) in names.enumerated() {
      let colour = ConsolePrinter.colours[index % ConsolePrinter.colours.count]
      labels[name] = isColoured ? "\u{1B}[\(colour)m[\(name)]\u{1B}[0m " : "[\(name)] "
    }
    self.labels = labels
  }

  /// Writes one piece; false if the other side does not take it any more.
  public mutating func write(_ fragment: ConsoleFragment) -> Bool {
    var text = ""
    if fragment.startsLine || open != fragment.source {
      if open != nil { text += "\n" }
      text += labels[fragment.source] ?? "[\(fragment.source)] "
    }
    text += fragment.text
    if fragment.endsLine { text += "\n" }
    open = fragment.endsLine ? nil : fragment.source
    return write(text)
  }

  /// Writes a line that comes from none of the consoles; false if the other side does not take it any more.
  public mutating func write(line: String) -> Bool {
    defer { open = nil }
    return write((open == nil ? "" : "\n") + line + "\n")
  }

  private func write(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 100)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
