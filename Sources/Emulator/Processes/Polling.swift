import Foundation

/// Waiting for and reading file descriptors without being held up by any of them.
enum Polling {
  /// What a read gave.
  enum Reading {
    /// Something arrived.
    case bytes([UInt8])
    /// Nothing right now.
    case nothing
    /// The other side is closed.
    case ended
  }

  /// The descriptors that can be read, or whose other side is gone, within a time.
  static func wait(for descriptors: [Int32], milliseconds: Int32) -> Set<Int32> {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return [] }
    return Set(entries.filter { $0.revents != 0 }.map(\.fd))
  }

  /// What there is to read right now; at most 64 KiB.
  static func read(_ descriptor: Int32) -> Reading {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Foundation.read(descriptor, &buffer, buffer.count)
    if count > 0 { return .bytes(Array(buffer[..<count])) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EINTR ? .nothing : .ended
  }

  /// Makes reads and writes return at once.
  static func setNonBlocking(_ descriptor: Int32) {
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
  }
}
