import Foundation

/// One line of the bench's table of times.
enum BenchRow {
  /// Prints a title, a time in milliseconds and what it should be below.
  static func print(_ title: String, _ time: Duration, target: String) {
    let name = title.padding(toLength: 36, withPad: " ", startingAt: 0)
    let room = String(repeating: " ", count: max(0, 10 - target.count))
    Swift.print(
      name + String(format: "%7.1f ms", time / .milliseconds(1)) + String(repeating: " ", count: 10) + room + target)
  }
}
