import Foundation

/// Two ends of a connection in both directions that no other child inherits: a serial line of an emulated board.
struct SocketPair {
  /// Descriptors of the far ends start here, so that none has a number that a child's descriptor is to get.
  private static let firstFarEnd: Int32 = 64

  /// This side.
  let nearEnd: Int32
  /// The child's side.
  let farEnd: Int32

  /// Opens the pair; `nil` if the process has no descriptor left.
  init?() {
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    let far = fcntl(ends[1], F_DUPFD_CLOEXEC, SocketPair.firstFarEnd)
    close(ends[1])
    guard far >= 0 else {
      close(ends[0])
      return nil
    }
    nearEnd = ends[0]
    farEnd = far
  }
}
