import BulkheadKit

/// What the consoles of a run said, line by line.
struct Transcript {
  /// A line and whose it is.
  struct Line {
    let source: String
    var text: String
  }

  private(set) var lines: [Line] = []

  /// Takes in a piece of a line.
  mutating func add(_ fragment: ConsoleFragment) {
    if !fragment.startsLine, let index = lines.lastIndex(where: { $0.source == fragment.source }) {
      lines[index].text += fragment.text
    } else {
      lines.append(Line(source: fragment.source, text: fragment.text))
    }
  }

  /// The lines of one source.
  func lines(of source: String) -> [String] { lines.filter { $0.source == source }.map(\.text) }

  /// The attacker's attempts by name, in their order, with what became of each.
  var attempts: [(name: String, outcome: String)] {
    lines(of: "attacker").compactMap { line in
      guard let match = line.wholeMatch(of: /attempt ([a-z0-9A-Z-]+): (.+)/) else { return nil }
      return (String(match.1), String(match.2))
    }
  }

  /// The victim's heartbeats: how many it has counted when it says so, and the worst lateness in microseconds.
  var heartbeats: [(count: Int, lateness: Int)] {
    lines(of: "victim").compactMap { line in
      guard let match = line.firstMatch(of: /^heartbeat (\d+) worst-lateness (\d+) us/), let count = Int(match.1),
        let lateness = Int(match.2)
      else { return nil }
      return (count, lateness)
    }
  }

  /// How many heartbeats the victim reported before the first line that holds a text.
  func heartbeats(before text: String) -> Int? {
    guard let index = lines.firstIndex(where: { $0.text.contains(text) }) else { return nil }
    return lines[..<index].count { $0.source == "victim" && $0.text.hasPrefix("heartbeat ") }
  }
}
