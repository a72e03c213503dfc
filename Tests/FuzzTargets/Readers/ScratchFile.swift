import Foundation
import Synchronization

/// Files for readers that take a path: in memory where the system has a folder for that, because campaigns write them
/// thousands of times.
enum ScratchFile {
  private static let memory = "/dev/shm"
  private static let counter = Atomic<Int>(0)

  /// Hands the path of a file that holds `bytes` to `body`.
  static func with(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    try withFolder(["input": bytes]) { try body($0 + "/input") }
  }

  /// Hands the path of a folder with these files to `body`; it is gone afterwards. Names may have one folder in them.
  static func withFolder(_ files: [String: [UInt8]], _ body: (String) throws -> Void) throws {
    let isInMemory = access(memory, W_OK) == 0
    let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
    let folder = (isInMemory ? memory : FileManager.default.temporaryDirectory.path) + "/fuzz-\(getpid())-\(number)"
    let parents = Set(files.keys.compactMap { $0.contains("/") ? String($0.prefix { $0 != "/" }) : nil })
    defer {
      for name in files.keys { unlink("\(folder)/\(name)") }
      for parent in parents { rmdir("\(folder)/\(parent)") }
      rmdir(folder)
    }
    mkdir(folder, 0o700)
    for parent in parents { mkdir("\(folder)/\(parent)", 0o700) }
    for (name, bytes) in files { try write(bytes, to: "\(folder)/\(name)") }
    try body(folder)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(file) }
    let isWritten = bytes.withUnsafeBytes { file >= 0 && Foundation.write(file, $0.baseAddress, $0.count) == $0.count }
    guard isWritten else { throw CocoaError(.fileWriteUnknown) }
  }
}
