import Foundation
import TestSupport

/// A folder whose files may be changed; each change writes the file anew, so that the original keeps its own.
struct BuiltFolderCopy {
  /// Where such folders are.
  static let parent = "\(Repository.root)/.build/verifier-tests"

  let path = "\(parent)/\(UUID().uuidString)"

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

  func write(_ name: String, _ bytes: Data) throws {
    try remove(name)
    try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  func edit(_ name: String, _ change: (inout Data) throws -> Void) throws {
    var bytes = try bytes(name)
    try change(&bytes)
    try write(name, bytes)
  }

  /// Replaces the first place of a text in the load map.
  func map(_ text: String, _ replacement: String) throws {
    try edit("load-map.json") { bytes in
      let old = String(decoding: bytes, as: UTF8.self)
      guard let range = old.range(of: text) else { throw BuiltSystem.Refused(description: "no \(text) in the map") }
      bytes = Data(old.replacingCharacters(in: range, with: replacement).utf8)
    }
  }
}

extension Data {
  /// The number, least significant byte first, at an offset.
  func number(at offset: Int) -> UInt64 { self[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  /// Puts a number, least significant byte first, at an offset.
  mutating func put(_ number: UInt64, at offset: Int) {
    for index in 0..<8 { self[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
  }
}
