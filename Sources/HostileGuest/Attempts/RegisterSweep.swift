import GuestSupport
import HostileSupport

/// Every encoding of MRS, MSR, SYS and SYSL that there is: 2^14 names under each op0, read and written. None is skipped.
struct RegisterSweep {
  let surroundings: Surroundings
  let sandbox: Sandbox

  private static var names: UInt32 { 1 << 14 }

  func run(_ report: inout Report) {
    // Of these some wait for an interrupt.
    let timer = PendingTimer(surroundings: surroundings)
    timer.start()
    report.attempt("register-every-name-of-op0-0", .registers) { hints(&$0) }
    timer.stop()
    report.attempt("register-every-name-of-op0-1", .registers) { instructions(&$0) }
    report.attempt("register-every-name-of-op0-2", .registers) { registers(2, &$0) }
    report.attempt("register-every-name-of-op0-3", .registers) { registers(3, &$0) }
    surroundings.forgetActivePriorities()
    surroundings.openInterface()
    _ = Trap.take()
  }

  /// Hints, barriers and PSTATE, with and without a register.
  private func hints(_ tally: inout Tally) {
    for number in 0..<Self.names {
      let register = SystemRegister(op0: 0, number: number)
      sandbox[1] = 0
      tally.tried(sandbox.run(register.read), else: .ignored)
      tally.tried(sandbox.run(register.write), else: .ignored)
      tally.tried(sandbox.run(register.read & ~31 | 1), else: .ignored)
      tally.tried(sandbox.run(register.write & ~31 | 1), else: .ignored)
    }
  }

  /// System instructions with nothing, everything, and an address of somebody else's; never with one of the guest's own,
  /// as DC ZVA would zero it.
  private func instructions(_ tally: inout Tally) {
    let below = surroundings.memory.base - 0x1000
    for number in 0..<Self.names {
      let register = SystemRegister(op0: 1, number: number)
      sandbox[1] = below
      judge(sandbox.run(register.read), register, isRead: true, &tally)
      write(0, register, &tally)
      write(~0, register, &tally)
      write(below, register, &tally)
    }
  }

  /// Reads each register and writes it; what is the guest's own gets back what it held.
  private func registers(_ op0: UInt32, _ tally: inout Tally) {
    var random = RandomNumbers(seed: UInt64(op0))
    for number in 0..<Self.names {
      let register = SystemRegister(op0: op0, number: number)
      sandbox[1] = 0
      let trap = sandbox.run(register.read)
      judge(trap, register, isRead: true, &tally)
      let held = trap == nil ? sandbox[1] : 0
      if !register.onlyTakesWhatItHeld {
        write(~0, register, &tally)
        write(0, register, &tally)
        write(random.next(), register, &tally)
      }
      guard case .own = RegisterKind(register, isRead: false) else { continue }
      write(held, register, &tally)
    }
  }

  private func write(_ value: UInt64, _ register: SystemRegister, _ tally: inout Tally) {
    sandbox[1] = value
    judge(sandbox.run(register.write), register, isRead: false, &tally)
  }

  private func judge(_ trap: Trap?, _ register: SystemRegister, isRead: Bool, _ tally: inout Tally) {
    let place = UInt64(isRead ? register.read : register.write)
    switch RegisterKind(register, isRead: isRead) {
    case .none: tally.expectNoRegister(trap, at: place, got: sandbox[1])
    case .own: tally.tried(trap, else: .own)
    case .harmless: tally.tried(trap, else: .ignored)
    case .emulated: tally.tried(trap, else: .emulated)
    }
  }
}
