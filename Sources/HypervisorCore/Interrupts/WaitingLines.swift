/// Lines of a domain that are pending on one CPU and in none of its list registers: a bit for each INTID below 1024,
/// and a summary of which words have any.
public struct WaitingLines {
  var words = InlineArray<32, UInt32>(repeating: 0)
  var summary: UInt32 = 0

  /// No line.
  public init() {}

  /// None waits.
  public var isEmpty: Bool { summary == 0 }

  /// Lines 32 × `index` to 32 × `index` + 31.
  public subscript(word index: Int) -> UInt32 { words[index] }

  /// Which words have lines.
  public var wordsWithLines: UInt32 { summary }

  /// Whether a line waits.
  public func contains(_ line: UInt32) -> Bool { words[Int(line >> 5) & 31] & (1 &<< (line & 31)) != 0 }

  /// Adds a line below 1024.
  public mutating func insert(_ line: UInt32) { insert(word: Int(line >> 5) & 31, 1 &<< (line & 31)) }

  /// Adds lines of one word.
  public mutating func insert(word: Int, _ bits: UInt32) {
    words[word] |= bits
    if bits != 0 { summary |= 1 &<< UInt32(truncatingIfNeeded: word) }
  }

  /// Removes a line.
  public mutating func remove(_ line: UInt32) { remove(word: Int(line >> 5) & 31, 1 &<< (line & 31)) }

  /// Removes lines of one word.
  public mutating func remove(word: Int, _ bits: UInt32) {
    words[word] &= ~bits
    if words[word] == 0 { summary &= ~(1 &<< UInt32(truncatingIfNeeded: word)) }
  }

  /// Removes all.
  public mutating func removeAll() { self = WaitingLines() }
}
