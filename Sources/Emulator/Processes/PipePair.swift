import Foundation

/// A pipe that no other child inherits.
struct PipePair {
  let readEnd: Int32
  let writeEnd: Int32

  /// Opens the pipe; `nil` if the process has no descriptor left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = ends[0]
    writeEnd = ends[1]
  }
}
