/// One property of a node: a name and raw big-endian bytes.
public struct Property: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The bytes as they stand in the tree.
  public let value: [UInt8]

  /// Makes a property.
  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }

  /// The bytes as they stand in the tree.
  public var bytes: [UInt8] { value }

  /// The value as 32-bit cells; `nil` if its length is no multiple of four bytes.
  public var cells: [UInt32]? {
    guard value.count.isMultiple(of: 4) else { return nil }
    return value.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
  }

  /// The value as exactly one cell; `nil` if it has another length.
  public var cell: UInt32? {
    guard value.count == 4 else { return nil }
    return value.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The value as one number of one or two cells; `nil` if it has another length.
  public var number: UInt64? {
    guard value.count == 4 || value.count == 8 else { return nil }
    return value.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The value as one text; `nil` if it does not end in its only zero byte or is not UTF-8.
  public var string: String? {
    guard let strings, strings.count == 1 else { return nil }
    return strings[0]
  }

  /// The value as a list of texts, each ended by a zero byte; `nil` if the last is not, or one is not UTF-8.
  public var strings: [String]? {
    guard value.last == 0 else { return nil }
    var strings: [String] = []
    for part in value.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      guard let text = String(validating: part, as: UTF8.self) else { return nil }
      strings.append(text)
    }
    return strings
  }
}
