/// The shape of a cache, as far as it decides which pages compete for its sets.
public struct CacheGeometry: Hashable, Sendable {
  /// Bytes in all.
  public let size: UInt64
  /// Lines of a set.
  public let ways: UInt64
  /// Bytes of a line.
  public let line: UInt64

  /// More colours than this cannot be written in a manifest: a way of 4 MiB.
  public static let mostColours = 1024
  /// The page that stage 2 maps, in bytes: what can be given or withheld.
  private static let page: UInt64 = 4096

  /// Takes the numbers as they are stated; whether they make sense `fault` says.
  public init(size: UInt64, ways: UInt64, line: UInt64) {
    self.size = size
    self.ways = ways
    self.line = line
  }

  /// Bytes of one way; 0 for a cache without ways.
  public var way: UInt64 { ways == 0 ? 0 : size / ways }

  /// How many colours memory has by this cache: its pages that compete with one another are those of equal number modulo
  /// this (an index of physical address bits without hashing is assumed). 1 where the cache cannot be divided by pages.
  public var colours: Int { fault == nil ? Int(clamping: max(1, way / Self.page)) : 1 }

  /// What is wrong with the numbers, as the end of a sentence that names the cache; `nil` for a cache that colours.
  public var fault: String? {
    guard size > 0, ways > 0, line >= 4, line.nonzeroBitCount == 1 else {
      return "has \(size) bytes in \(ways) ways of \(line)-byte lines, which is no cache"
    }
    guard size % ways == 0, way % line == 0, (way / line).nonzeroBitCount == 1 else {
      return "has \(size) bytes in \(ways) ways of \(line)-byte lines, whose number of sets is no power of two"
    }
    guard way / Self.page <= UInt64(Self.mostColours) else {
      return "has ways of \(way) bytes, more than \(Self.mostColours) pages"
    }
    return nil
  }
}
