/// Which serial line gets what is typed.
///
/// Keys go to one line at a time. Ctrl-A l gives the keyboard to the next line. Every other key after Ctrl-A goes to the
/// line with its Ctrl-A, for the hypervisor behind a shared line to understand. With a single line nothing is changed.
struct KeyboardSwitch {
  private static let prefix: UInt8 = 0x01

  private let lineCount: Int
  private var line = 0
  private var hasPrefix = false

  /// Starts at the first line.
  init(lineCount: Int) { self.lineCount = lineCount }

  /// What goes to which line (counted from 0), in order.
  mutating func consume(_ bytes: [UInt8]) -> [(line: Int, bytes: [UInt8])] {
    guard lineCount > 1 else { return [(0, bytes)] }
    var result: [(line: Int, bytes: [UInt8])] = []
    for byte in bytes {
      if hasPrefix {
        hasPrefix = false
        if byte == UInt8(ascii: "l") {
          line = (line + 1) % lineCount
        } else {
          result.append((line, [KeyboardSwitch.prefix, byte]))
        }
      } else if byte == KeyboardSwitch.prefix {
        hasPrefix = true
      } else {
        result.append((line, [byte]))
      }
    }
    return result
  }
}
