/// What a file of the output holds: parts one behind the other.
public struct FileContents: Hashable, Sendable {
  /// One run of bytes.
  public enum Part: Hashable, Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// `count` bytes of a file of the build machine from `offset`.
    case file(path: String, offset: UInt64, count: UInt64)
    /// So many zeros.
    case zeros(UInt64)

    /// How many bytes.
    public var count: UInt64 {
      switch self {
      case .bytes(let bytes): UInt64(bytes.count)
      case .file(_, _, let count), .zeros(let count): count
      }
    }
  }

  /// The parts in order.
  public private(set) var parts: [Part]
  /// How many bytes in all.
  public private(set) var count: UInt64

  /// Starts with some parts.
  public init(_ parts: [Part]) {
    self.parts = parts
    count = parts.reduce(0) { $0 + $1.count }
  }

  /// The bytes from an offset on, at most `count`: fewer at the end, none behind it.
  func slice(from offset: UInt64, count: UInt64) -> FileContents {
    var slice = FileContents([])
    var start: UInt64 = 0
    for part in parts {
      let from = max(start, offset)
      let end = min(start + part.count, offset + count)
      if from < end { slice.append(part.slice(from: from - start, count: end - from)) }
      start += part.count
    }
    return slice
  }

  /// Adds a part at the end.
  mutating func append(_ part: Part) {
    guard part.count > 0 else { return }
    parts.append(part)
    count += part.count
  }
}

extension FileContents.Part {
  /// Bytes of the part, which has that many from there on.
  fileprivate func slice(from offset: UInt64, count: UInt64) -> FileContents.Part {
    switch self {
    case .bytes(let bytes): .bytes(Array(bytes[Int(offset)..<Int(offset + count)]))
    case .file(let path, let start, _): .file(path: path, offset: start + offset, count: count)
    case .zeros: .zeros(count)
    }
  }
}
