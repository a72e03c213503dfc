import Foundation

/// A node of a FIT image's tree, its values parts of the mapped file.
///
/// Module `DeviceTree` copies what it reads and refuses more than any board's tree needs; a FIT carries whole kernels.
struct FITNode {
  /// A property: its value, and where that stands in the file.
  struct Value {
    let bytes: Data
    let place: UInt64
  }

  /// Its name; empty for the root.
  let name: String
  /// Byte offset in the file.
  let place: UInt64
  /// Its properties by name.
  var properties: [String: Value] = [:]
  /// Its children in order.
  var children: [FITNode] = []

  /// The child of a name.
  func child(_ name: String) -> FITNode? { children.first { $0.name == name } }

  /// A property's text; `nil` if it is missing or not one text ended by a zero.
  func text(_ name: String) -> String? {
    guard let texts = texts(name), texts.count == 1 else { return nil }
    return texts[0]
  }

  /// A property's texts, each ended by a zero; `nil` if it is missing or not of texts.
  func texts(_ name: String) -> [String]? {
    guard let bytes = properties[name]?.bytes, bytes.last == 0 else { return nil }
    var texts: [String] = []
    for part in bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      guard let text = String(validating: part, as: UTF8.self) else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// A property's number of one or two cells; `nil` if it is missing or of another length.
  func number(_ name: String) -> UInt64? {
    guard let bytes = properties[name]?.bytes, bytes.count == 4 || bytes.count == 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
