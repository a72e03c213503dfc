extension MutationReport {
  /// Two tables and the survivors' names; ends with a line break.
  public func text(title: String) -> String {
    var rows = [["", "mutants", "killed", "equivalent", "surviving"]]
    for structure in MutatedStructure.allCases {
      guard let line = lines[structure] else { continue }
      rows.append([structure.rawValue] + Self.cells(line))
    }
    var sum = Line()
    for line in lines.values {
      sum.mutants += line.mutants
      sum.killed.merge(line.killed, uniquingKeysWith: +)
      sum.equivalent.merge(line.equivalent, uniquingKeysWith: +)
      sum.surviving += line.surviving
    }
    rows.append(["in all"] + Self.cells(sum))
    let kills = sum.killed.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.number($0.value))" }
    let equivalents = sum.equivalent.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.number($0.value))" }
    var text = "\(title)\n\(Self.table(rows))"
    text += "refused first by: \(kills.isEmpty ? "nothing" : kills.joined(separator: ", "))\n"
    if !equivalents.isEmpty { text += "equivalent by: \(equivalents.joined(separator: ", "))\n" }
    for survivor in survivors { text += "SURVIVED: \(survivor)\n" }
    if survivorCount > survivors.count { text += "SURVIVED: \(survivorCount - survivors.count) more\n" }
    return text
  }

  private static func cells(_ line: Line) -> [String] {
    [line.mutants, line.killed.values.reduce(0, +), line.equivalent.values.reduce(0, +), line.surviving].map(number)
  }

  private static func table(_ rows: [[String]]) -> String {
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }
      return "  " + cells.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// A number with commas between thousands.
  private static func number(_ value: Int) -> String {
    let digits = String(value)
    return digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
  }
}
