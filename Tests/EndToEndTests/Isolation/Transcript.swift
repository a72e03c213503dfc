import BulkheadKit

/// What the consoles of a run said, line by line.
struct Transcript {
  /// A line and whose it is.
  struct Line {
    let source: String
    var text: String
  }

  private(set) var lines: [Line] = []

  /// Runs a session to its end.
  static func of(_ session: Session) throws -> (Transcript, SessionResult) {
    var transcript = Transcript()
    let result = try session.run { event in
      if case .console(let fragment) = event { transcript.add(fragment) }
      return true
    }
    return (transcript, result)
  }

  /// Takes in a piece of a line.
  mutating func add(_ fragment: ConsoleFragment) {
    if !fragment.startsLine, let index = lines.lastIndex(where: { $0.source == fragment.source }) {
      lines[index].text += fragment.text
    } else {
      lines.append(Line(source: fragment.source, text: fragment.text))
    }
  }

  /// The lines of one source. Where the emulator paused inside of a label, the session took it for the hypervisor's text:
  /// then the label stands in the line, and the line is its domain's.
  func lines(of source: String) -> [String] {
    lines.compactMap { line in
      let isCut = line.source == ConsoleLabels.hypervisor && line.text.hasPrefix("[\(source)] ")
      if isCut { return String(line.text.dropFirst(source.count + 3)) }
      let isOther = source == ConsoleLabels.hypervisor && line.text.wholeMatch(of: /\[[a-z0-9-]+\] .*/) != nil
      return line.source == source && !isOther ? line.text : nil
    }
  }

  /// The attacker's attempts by name, in their order, with what became of each.
  var attempts: [(name: String, outcome: String)] {
    lines(of: "attacker").compactMap { line in
      guard let match = line.wholeMatch(of: /attempt ([a-z0-9A-Z-]+): (.+)/) else { return nil }
      return (String(match.1), String(match.2))
    }
  }

  /// How often the attacker tried something.
  func tries(of attempt: String) -> UInt64? {
    guard let outcome = attempts.first(where: { $0.name == attempt })?.outcome,
      let match = outcome.firstMatch(of: /, (\d+) tr(y|ies)/)
    else { return nil }
    return UInt64(match.1)
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

  /// The beats of the witness's clock: its own count of them, and the second that the clock showed.
  var beats: [(number: Int, second: Int)] {
    lines(of: "witness").compactMap { line in
      guard let match = line.wholeMatch(of: /witness: tick (\d+) in second (\d+)/), let number = Int(match.1),
        let second = Int(match.2)
      else { return nil }
      return (number, second)
    }
  }

  /// Where the witness's memory holds its pattern, by guest address.
  var pattern: [Range<UInt64>] {
    lines(of: "witness").compactMap { line in
      guard let match = line.wholeMatch(of: /witness: pattern from 0x([0-9a-f]+) to 0x([0-9a-f]+)/),
        let first = UInt64(match.1, radix: 16), let end = UInt64(match.2, radix: 16), first <= end
      else { return nil }
      return first..<end
    }
  }

  /// How many heartbeats the victim reported before the first line that holds a text.
  func heartbeats(before text: String) -> Int? {
    guard let index = lines.firstIndex(where: { $0.text.contains(text) }) else { return nil }
    return lines[..<index].count { $0.source == "victim" && $0.text.hasPrefix("heartbeat ") }
  }
}
