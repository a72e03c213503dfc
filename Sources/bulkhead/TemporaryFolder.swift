import Foundation

/// A folder that exists for as long as something needs it.
enum TemporaryFolder {
  /// Makes a folder, hands it over, and removes it with everything in it, whatever happens.
  static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
    try HeldSignals.during { try made(body) }
  }

  private static func made<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bulkhead-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
