/// How often attempts ended in which way.
struct Outcomes {
  private var counts = InlineArray<8, UInt64>(repeating: 0)

  /// How often it ended so.
  subscript(_ outcome: Outcome) -> UInt64 {
    get { counts[outcome.rawValue] }
    set { counts[outcome.rawValue] = newValue }
  }

  /// All attempts, however they ended, but for those that got through.
  var attempts: UInt64 {
    self[.fault] + self[.undefined] + self[.exception] + self[.emulated] + self[.ignored] + self[.own]
  }

  /// One more attempt; `other` is how it ended if there was no exception.
  mutating func count(_ trap: Trap?, else other: Outcome) {
    guard let trap else {
      self[other] += 1
      return
    }
    self[trap.isUndefined ? .undefined : trap.isAbort ? .fault : .exception] += 1
  }

  /// Adds up.
  mutating func add(_ other: Outcomes) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// Calls `body` with each outcome.
  static func forEach(_ body: (Outcome) -> Void) {
    for index in 0..<Outcome.count {
      if let outcome = Outcome(rawValue: index) { body(outcome) }
    }
  }
}
