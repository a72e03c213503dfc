/// What became of all the tries of one attempt.
struct Tally {
  private(set) var outcomes = Outcomes()
  /// What it means here if a try ends without an exception.
  let completion: Outcome
  /// Where the first try got through, and what it got.
  private(set) var place: UInt64 = 0
  private(set) var loot: UInt64 = 0
  /// The first abort, and the last value that was let through as harmless.
  private(set) var abort: Trap?
  private(set) var value: UInt64?
  /// The other CPU never came back, so that nothing can be said.
  private(set) var isLost = false

  init(completion: Outcome = .ignored) { self.completion = completion }

  /// A try that has to end in an abort of the access.
  mutating func expectAbort(_ trap: Trap?, at place: UInt64, got loot: UInt64 = 0) {
    judge(trap, trap?.isDataAbort == true, place, loot)
  }

  /// A try that has to end in an abort, or be undefined because the CPU lacks the instruction.
  mutating func expectRefusal(_ trap: Trap?, at place: UInt64, got loot: UInt64 = 0) {
    judge(trap, trap?.isDataAbort == true || trap?.isUndefined == true, place, loot)
  }

  /// A try that has to be undefined.
  mutating func expectUndefined(_ trap: Trap?, at place: UInt64, got loot: UInt64 = 0) {
    judge(trap, trap?.isUndefined == true, place, loot)
  }

  /// A register that has to be undefined, or refused by the CPU itself.
  mutating func expectNoRegister(_ trap: Trap?, at place: UInt64, got loot: UInt64 = 0) {
    judge(trap, trap?.isUndefined == true || trap?.isRefusedRegister == true, place, loot)
  }

  /// A look at what came of it: the value tells whether it was refused.
  mutating func expect(_ isRefused: Bool, value: UInt64, at place: UInt64) {
    outcomes[.check] += 1
    if isRefused { self.value = value } else { escape(place, value) }
  }

  /// A try that is judged by what comes after it.
  mutating func tried(_ trap: Trap? = nil) { tried(trap, else: completion) }

  /// The same where it is known what it means that nothing stopped it.
  mutating func tried(_ trap: Trap?, else completion: Outcome) {
    outcomes.count(trap, else: completion)
    note(trap)
  }

  /// Several tries at once, none of which was stopped.
  mutating func tried(_ number: UInt64) { outcomes[completion] += number }

  /// What the other CPU found in the meantime.
  mutating func add(_ other: Outcomes, place: UInt64, loot: UInt64) {
    if outcomes[.escape] == 0, other[.escape] > 0 {
      self.place = place
      self.loot = loot
    }
    outcomes.add(other)
  }

  /// The other CPU did not come back.
  mutating func lose() { isLost = true }

  private mutating func judge(_ trap: Trap?, _ isRefused: Bool, _ place: UInt64, _ loot: UInt64) {
    if isRefused {
      outcomes.count(trap, else: completion)
    } else {
      escape(place, trap?.syndrome ?? loot)
    }
    note(trap)
  }

  private mutating func note(_ trap: Trap?) {
    if abort == nil, let trap, !trap.isUndefined { abort = trap }
  }

  private mutating func escape(_ place: UInt64, _ loot: UInt64) {
    if outcomes[.escape] == 0 {
      self.place = place
      self.loot = loot
    }
    outcomes[.escape] += 1
  }
}
