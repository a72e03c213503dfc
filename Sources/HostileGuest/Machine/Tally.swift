/// What became of all the tries of one attempt.
struct Tally {
  private(set) var tries: UInt64 = 0
  private(set) var breakOuts: UInt64 = 0
  /// Where the first try got through, and what it got.
  private(set) var place: UInt64 = 0
  private(set) var loot: UInt64 = 0
  /// The first abort, the number of undefined instructions, and the last value that was let through as harmless.
  private(set) var abort: Trap?
  private(set) var undefined: UInt64 = 0
  private(set) var value: UInt64?
  /// The other CPU never came back, so that nothing can be said.
  private(set) var isLost = false

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

  /// One try, or several at once, whose answer tells whether it was refused.
  mutating func expect(_ isRefused: Bool, value: UInt64, at place: UInt64, tries: UInt64 = 1) {
    self.tries += tries
    if isRefused { self.value = value } else { breakOut(place, value) }
  }

  /// A try that is judged by what comes after it.
  mutating func tried(_ trap: Trap? = nil) {
    tries += 1
    note(trap)
  }

  /// What the other CPU found in the meantime.
  mutating func add(tries: UInt64, breakOuts: UInt64, place: UInt64, loot: UInt64) {
    self.tries += tries
    if self.breakOuts == 0, breakOuts > 0 {
      self.place = place
      self.loot = loot
    }
    self.breakOuts += breakOuts
  }

  /// The other CPU did not come back.
  mutating func lose() { isLost = true }

  private mutating func judge(_ trap: Trap?, _ isRefused: Bool, _ place: UInt64, _ loot: UInt64) {
    tries += 1
    note(trap)
    if !isRefused { breakOut(place, trap?.syndrome ?? loot) }
  }

  private mutating func note(_ trap: Trap?) {
    guard let trap else { return }
    if trap.isUndefined {
      undefined += 1
    } else if abort == nil {
      abort = trap
    }
  }

  private mutating func breakOut(_ place: UInt64, _ loot: UInt64) {
    if breakOuts == 0 {
      self.place = place
      self.loot = loot
    }
    breakOuts += 1
  }
}
