#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder that other builds leave alone for a moment. Where the file system has no locks there is none.
struct FolderLock {
  private let descriptor: Int32

  /// Waits until nobody else has it.
  init(_ folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  /// Lets others have it.
  func release() {
    if descriptor >= 0 { _ = close(descriptor) }
  }
}
