import GuestKit

/// One line for each attempt, and the sum at the end.
struct Report {
  let serial: SerialPort
  private var refused: UInt64 = 0
  private var brokeOut: UInt64 = 0
  private var notTried: UInt64 = 0
  private var families = InlineArray<12, Outcomes>(repeating: Outcomes())

  init(serial: SerialPort) { self.serial = serial }

  /// Makes an attempt and says what became of it. `completion` is what it means if no exception ends a try.
  mutating func attempt(
    _ name: StaticString, _ family: Family, _ completion: Outcome = .ignored, _ body: (inout Tally) -> Void
  ) {
    _ = Trap.take()
    var tally = Tally(completion: completion)
    body(&tally)
    families[family.rawValue].add(tally.outcomes)
    serial.write("attempt ")
    serial.write(name)
    if tally.outcomes[.escape] > 0 {
      brokeOut += 1
      sayBreakOut(tally)
    } else if tally.outcomes.attempts + tally.outcomes[.check] == 0 || tally.isLost {
      notTried += 1
      serial.write(tally.isLost ? ": THE OTHER CPU NEVER CAME BACK" : ": NOT TRIED")
    } else {
      refused += 1
      sayRefusal(tally)
    }
    serial.endLine()
  }

  /// Says the sum.
  func finish() {
    serial.write("attempts done: ")
    serial.write(decimal: refused)
    serial.write(" refused, ")
    serial.write(decimal: brokeOut)
    serial.write(" broke out, ")
    serial.write(decimal: notTried)
    serial.write(" not tried")
    serial.endLine()
  }

  /// Says how often which family of attempts ended in which way.
  func table() {
    for index in 0..<Family.count {
      guard let family = Family(rawValue: index) else { continue }
      serial.write("family ")
      serial.write(family.name)
      serial.write(": attempts ")
      serial.write(decimal: families[index].attempts)
      Outcomes.forEach { outcome in
        serial.write(" ")
        serial.write(outcome.name)
        serial.write(" ")
        serial.write(decimal: families[index][outcome])
      }
      serial.endLine()
    }
  }

  private func sayRefusal(_ tally: Tally) {
    serial.write(": refused (")
    let isUndefined = tally.outcomes[.undefined] > 0
    if let abort = tally.abort {
      serial.write("abort EC=")
      serial.write(hexadecimal: abort.exceptionClass)
      serial.write(" status=")
      serial.write(hexadecimal: abort.status)
      if isUndefined { serial.write(", some undefined") }
    } else if isUndefined {
      serial.write("undefined")
    } else if let value = tally.value {
      serial.write("value ")
      serial.write(hexadecimal: value)
    } else {
      serial.write("no effect")
    }
    serial.write("), ")
    sayTries(tally)
  }

  private func sayBreakOut(_ tally: Tally) {
    serial.write(": BROKE OUT at ")
    serial.write(hexadecimal: tally.place)
    serial.write(" with ")
    serial.write(hexadecimal: tally.loot)
    serial.write(", ")
    serial.write(decimal: tally.outcomes[.escape])
    serial.write(" times in ")
    sayTries(tally)
  }

  private func sayTries(_ tally: Tally) {
    serial.write(decimal: tally.outcomes.attempts)
    serial.write(tally.outcomes.attempts == 1 ? " try, " : " tries, ")
    serial.write(decimal: tally.outcomes[.check])
    serial.write(tally.outcomes[.check] == 1 ? " check" : " checks")
  }
}
