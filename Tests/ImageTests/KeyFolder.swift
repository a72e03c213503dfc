import Foundation

/// A folder with keys made by openssl, gone with this value.
final class KeyFolder {
  let path = FileManager.default.temporaryDirectory.path + "/bulkhead-keys-\(UUID().uuidString)"

  struct Failed: Error {}

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes NAME.key and NAME.crt.
  func make(_ name: String, kind: String = "rsa:2048", further: [String] = ["-nodes"]) throws {
    try openssl(
      ["req", "-batch", "-new", "-x509", "-newkey", kind] + further
        + ["-keyout", "\(path)/\(name).key", "-out", "\(path)/\(name).crt"])
  }

  /// Runs openssl.
  func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
  }

  /// Writes a file.
  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }
}
