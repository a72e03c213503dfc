import GuestKit

/// One line for each attempt, and the sum at the end.
struct Report {
  let serial: SerialPort
  private var refused: UInt64 = 0
  private var brokeOut: UInt64 = 0
  private var notTried: UInt64 = 0

  init(serial: SerialPort) { self.serial = serial }

  /// Makes an attempt and says what became of it.
  mutating func attempt(_ name: StaticString, _ body: (inout Tally) -> Void) {
    _ = Trap.take()
    var tally = Tally()
    body(&tally)
    serial.write("attempt ")
    serial.write(name)
    if tally.breakOuts > 0 {
      brokeOut += 1
      sayBreakOut(tally)
    } else if tally.tries == 0 || tally.isLost {
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

  private func sayRefusal(_ tally: Tally) {
    serial.write(": refused (")
    if let abort = tally.abort {
      serial.write("abort EC=")
      serial.write(hexadecimal: abort.exceptionClass)
      serial.write(" status=")
      serial.write(hexadecimal: abort.status)
      if tally.undefined > 0 { serial.write(", some undefined") }
    } else if tally.undefined > 0 {
      serial.write("undefined")
    } else if let value = tally.value {
      serial.write("value ")
      serial.write(hexadecimal: value)
    } else {
      serial.write("no effect")
    }
    serial.write("), ")
    serial.write(decimal: tally.tries)
    serial.write(tally.tries == 1 ? " try" : " tries")
  }

  private func sayBreakOut(_ tally: Tally) {
    serial.write(": BROKE OUT at ")
    serial.write(hexadecimal: tally.place)
    serial.write(" with ")
    serial.write(hexadecimal: tally.loot)
    serial.write(", ")
    serial.write(decimal: tally.breakOuts)
    serial.write(" of ")
    serial.write(decimal: tally.tries)
    serial.write(" tries")
  }
}
