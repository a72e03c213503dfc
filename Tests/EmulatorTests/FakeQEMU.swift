import Foundation
import Testing

/// A small script in a folder of its own that stands in for QEMU.
final class FakeQEMU {
  /// The folder, to be a search path.
  let folder: String
  /// The program.
  var path: String { "\(folder)/qemu-system-aarch64" }

  /// Writes a shell script with this body.
  init(_ body: String) throws {
    folder = NSTemporaryDirectory() + "bulkhead-fake-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "#!/bin/sh\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Whether a process of this number exists.
  static func isAlive(_ identifier: Int32) -> Bool { kill(identifier, 0) == 0 }
}
