/// The attacker's own table: how often which family of attempts ended in which way.
struct OutcomeTable {
  /// One family's numbers by the name of the outcome.
  struct Row {
    let family: String
    let numbers: [(name: String, count: Int)]

    /// A number of the row; 0 where it has none of the name.
    subscript(_ name: String) -> Int { numbers.first { $0.name == name }?.count ?? 0 }
  }

  let rows: [Row]

  init(_ transcript: Transcript) {
    rows = transcript.lines(of: "attacker").compactMap { line in
      guard let match = line.wholeMatch(of: /family ([a-z-]+): (.+)/) else { return nil }
      let words = match.2.split(separator: " ")
      let pairs = stride(from: 0, to: words.count - 1, by: 2).compactMap { index in
        Int(words[index + 1]).map { (name: String(words[index]), count: $0) }
      }
      return Row(family: String(match.1), numbers: pairs)
    }
  }

  /// A number of every family together.
  func sum(_ name: String) -> Int { rows.reduce(0) { $0 + $1[name] } }

  /// For a reader, columns aligned.
  func text(_ title: String) -> String {
    guard let first = rows.first else { return "\(title): no table" }
    let names = first.numbers.map(\.name)
    let table =
      [["family"] + names] + rows.map { row in [row.family] + names.map { String(row[$0]) } }
      + [["all"] + names.map { String(sum($0)) }]
    let lines = table.map { cells in
      cells.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: max(0, (column == 0 ? 14 : 11) - cell.count))
        return column == 0 ? cell + padding : padding + cell
      }.joined()
    }
    return "\(title)\n" + lines.joined(separator: "\n")
  }
}
