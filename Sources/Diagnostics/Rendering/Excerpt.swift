/// One line of a file with marks under a run of its characters, ready for a terminal.
struct Excerpt {
  /// The line, or the part of it around the marks.
  let line: String
  /// Spaces up to the first marked character.
  let indentation: Int
  /// How many columns are marked, at least 1.
  let marks: Int

  private static let tabWidth = 4
  private static let mostColumns = 110
  private static let columnsBefore = 50

  /// The excerpt for a run of characters (Unicode scalars) of a line, `column` counted from 1.
  init(line: Substring, column: Int, length: Int) {
    let pieces = Self.pieces(of: line)
    let first = min(max(column - 1, 0), pieces.count)
    let end = min(pieces.count, first + max(1, min(length, pieces.count)))
    let window = Self.window(of: pieces, around: first)
    let width: (Range<Int>) -> Int = { range in pieces[range].reduce(0) { $0 + $1.width } }
    let lead = window.lowerBound > 0 ? "… " : ""
    self.line = lead + pieces[window].map(\.text).joined() + (window.upperBound < pieces.count ? " …" : "")
    indentation = lead.count + width(window.lowerBound..<first)
    marks = max(1, width(first..<max(first, min(end, window.upperBound))))
  }

  private struct Piece {
    let text: String
    let width: Int
  }

  /// Each character as it is shown, with its width; tabs become spaces, control characters `\u{…}`.
  private static func pieces(of line: Substring) -> [Piece] {
    var column = 0
    return line.unicodeScalars.map { scalar in
      let piece: Piece
      if scalar == "\t" {
        let width = tabWidth - column % tabWidth
        piece = Piece(text: String(repeating: " ", count: width), width: width)
      } else {
        let text = Quotation.printable(String(Character(scalar)))
        let isItself = text.unicodeScalars.first == scalar && text.unicodeScalars.count == 1
        piece = Piece(text: text, width: isItself ? DisplayWidth.columns(of: scalar) : text.count)
      }
      column += piece.width
      return piece
    }
  }

  /// The part of a long line that is shown: some way before the first marked character, and what fits after it.
  private static func window(of pieces: [Piece], around first: Int) -> Range<Int> {
    guard pieces.count > mostColumns else { return 0..<pieces.count }
    let start = first > mostColumns - 20 ? first - columnsBefore : 0
    return start..<min(pieces.count, start + mostColumns)
  }
}
