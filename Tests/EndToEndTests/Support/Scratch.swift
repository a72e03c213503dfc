import Foundation
import TestSupport

/// A folder below the project's build folder, gone when the test is over.
final class Scratch: Sendable {
  /// The folder.
  let path: String

  init() throws {
    path = Repository.root + "/.build/test-scratch/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What lies in the folder itself, sorted.
  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

  /// Writes a text and says where.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  /// Writes bytes and says where.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Every file below the folder with its contents, by relative path.
  func contents(of folder: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let start = path + "/" + folder
    for name in try FileManager.default.subpathsOfDirectory(atPath: start) {
      result[name] = FileManager.default.contents(atPath: start + "/" + name) ?? Data()
    }
    return result
  }
}
