#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An input file that is open for reading, of which only the parts asked for are read.
///
/// Whether it is a regular file is known before it is opened, so that a FIFO in its place cannot block and a folder is
/// named as one.
struct PayloadFile: ~Copyable {
  /// Size in bytes, from `stat`.
  let size: UInt64
  private let descriptor: Int32

  /// Opens the file at `path`.
  init(_ path: String) throws(PayloadProblem) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(String(cString: strerror(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notAFile("a folder")
    default: throw .notAFile("a device, socket or pipe")
    }
    let opened = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    descriptor = opened
    size = UInt64(max(0, status.st_size))
  }

  deinit { _ = close(descriptor) }

  /// `count` bytes from `offset`; fewer where the file ends before.
  func bytes(at offset: UInt64, count: Int) throws(PayloadProblem) -> [UInt8] {
    guard offset < size, count > 0, let start = off_t(exactly: offset) else { return [] }
    let wanted = Int(min(UInt64(count), size - offset))
    var bytes = [UInt8](repeating: 0, count: wanted)
    var filled = 0
    while filled < wanted {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled, start + off_t(filled))
      }
      guard got >= 0 else {
        if errno == EINTR { continue }
        throw .unreadable(String(cString: strerror(errno)))
      }
      guard got > 0 else { break }
      filled += got
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}
