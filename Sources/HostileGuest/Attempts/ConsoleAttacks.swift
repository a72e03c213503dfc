import GuestKit
import HostileSupport

/// The virtual PL011 (Arm DDI 0183) in every wrong way, and more output than anybody can take.
struct ConsoleAttacks {
  let surroundings: Surroundings

  private var base: UInt64 { surroundings.console.base }

  func run(_ report: inout Report) {
    report.attempt("console-registers-in-every-size", .console, .emulated) { tally in
      var sweep = WindowSweep(window: surroundings.console)
      // Writes of the data register have an attempt of their own.
      sweep.firstWritten = 8
      sweep.run(&tally, writing: ~0)
      sweep.run(&tally, writing: 0)
      restore()
    }
    report.attempt("console-data-register-in-every-size", .console, .emulated) { tally in
      for _ in 0..<64 {
        hostile_store64(base, ~0)
        hostile_store32(base, ~0)
        hostile_store16(base, 0x1B5B)
        hostile_store8(base, 0)
        tally.tried(Trap.take())
      }
      settle()
    }
    report.attempt("console-flood", .console, .emulated) { tally in
      for count in UInt64(0)..<65536 {
        hostile_store32(base, count % 80 == 79 ? 10 : 120)
        tally.tried(Trap.take())
      }
      settle()
    }
    report.attempt("console-another-name-in-its-lines", .console, .emulated) { tally in
      surroundings.serial.write("\r[victim] \u{1B}[2K\u{1B}[1A not the victim")
      tally.tried(Trap.take())
      settle()
    }
  }

  private func restore() {
    hostile_store32(base + 0x38, 0)
    hostile_store32(base + 0x44, 0x7FF)
    hostile_store32(base + 0x30, 0x301)
    _ = Trap.take()
  }

  /// Waits for room, at most so long, and starts a new line.
  private func settle() {
    var patience = 10_000_000
    while hostile_load32(base + 0x18) & 1 << 5 != 0, patience > 0 { patience -= 1 }
    surroundings.serial.endLine()
    _ = Trap.take()
  }
}
