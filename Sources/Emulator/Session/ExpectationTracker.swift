/// Decides expectations from console lines and the time that has passed.
///
/// Times are given from outside, as distances from the start, so that what it decides depends on nothing else.
public struct ExpectationTracker: Sendable {
  private enum State {
    /// Waits for the one before it.
    case dormant
    /// Looks at lines from this number on, since this moment.
    case waiting(firstLine: Int, since: Duration)
    case decided(ExpectationResult)
  }

  private let expectations: [Expectation]
  private var states: [State] = []
  /// One console's line as it stands.
  private struct Line {
    var text = ""
    /// Counted over all consoles in the order in which lines start.
    let number: Int
  }

  /// The line of each source that started last.
  private var lines: [String: Line] = [:]
  private var lineNumber = 0
  private var lastLines: [String: String] = [:]

  /// Starts to wait for all that wait for no other.
  public init(_ expectations: [Expectation]) {
    self.expectations = expectations
    for (index, expectation) in expectations.enumerated() {
      states.append(expectation.isAfterPrevious && index > 0 ? .dormant : .waiting(firstLine: 0, since: .zero))
    }
  }

  /// Takes in a piece of a console line; gives the results that a line decided with its end.
  public mutating func consume(_ fragment: ConsoleFragment, at time: Duration) -> [ExpectationResult] {
    if fragment.startsLine { lineNumber += 1 }
    var line = fragment.startsLine ? nil : lines[fragment.source]
    line = line ?? Line(number: lineNumber)
    line?.text += fragment.text
    lines[fragment.source] = line
    if let text = line?.text, !text.isEmpty { lastLines[fragment.source] = text }
    return fragment.endsLine ? settle(at: time) : []
  }

  /// Takes each line as it stands for a whole one, because it has ended or nothing has followed for a while (a prompt).
  public mutating func settle(at time: Duration) -> [ExpectationResult] {
    var results: [ExpectationResult] = []
    for index in expectations.indices {
      let expectation = expectations[index]
      guard case .waiting(let firstLine, let since) = states[index], let line = lines[expectation.source],
        line.number >= firstLine, time - since <= expectation.within, line.text.contains(expectation.text)
      else { continue }
      results.append(decide(index, .met(line: line.text), since: since, at: time))
      wake(after: index, at: time)
    }
    return results
  }

  /// Looks whose time is over; gives the results that this decided.
  public mutating func tick(at time: Duration) -> [ExpectationResult] {
    var results: [ExpectationResult] = []
    for index in expectations.indices {
      if case .waiting(_, let since) = states[index], time - since > expectations[index].within {
        let words = "not within \(ExpectationTracker.words(expectations[index].within))"
        results.append(decide(index, .missed(reason: words), since: since, at: time))
      } else if case .dormant = states[index], case .decided(let previous) = states[index - 1], !previous.isMet {
        let words = "what it waits for, \"\(expectations[index - 1].text)\", did not come"
        results.append(decide(index, .missed(reason: words), since: time, at: time))
      }
    }
    return results
  }

  /// Decides what is still open, because the run is over.
  public mutating func end(because reason: String, at time: Duration) -> [ExpectationResult] {
    var results: [ExpectationResult] = []
    for index in expectations.indices {
      switch states[index] {
      case .decided: continue
      case .dormant: results.append(decide(index, .missed(reason: reason), since: time, at: time))
      case .waiting(_, let since): results.append(decide(index, .missed(reason: reason), since: since, at: time))
      }
    }
    return results
  }

  /// Whether there is nothing left to wait for.
  public var isDecided: Bool { results.count == expectations.count }

  /// What was decided so far, in the order of the expectations.
  public var results: [ExpectationResult] {
    states.compactMap { if case .decided(let result) = $0 { result } else { nil } }
  }

  private mutating func decide(
    _ index: Int, _ outcome: ExpectationResult.Outcome, since: Duration, at time: Duration
  ) -> ExpectationResult {
    let expectation = expectations[index]
    let result = ExpectationResult(
      expectation: expectation, outcome: outcome, elapsed: time - since, lastLine: lastLines[expectation.source])
    states[index] = .decided(result)
    return result
  }

  private mutating func wake(after index: Int, at time: Duration) {
    guard index + 1 < states.count, case .dormant = states[index + 1] else { return }
    states[index + 1] = .waiting(firstLine: lineNumber + 1, since: time)
  }

  private static func words(_ time: Duration) -> String {
    let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
