import GuestKit
import GuestSupport
import HostileSupport

/// Timers that are due at once and for ever, reprogrammed as fast as can be.
struct TimerAttacks {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    let enable = surroundings.privateInterrupts + 0x100
    hostile_store32(enable, UInt64(surroundings.timerInterrupts))
    report.attempt("timer-due-with-interrupts-masked", .timers, .own) { due(&$0) }
    report.attempt("timer-reprogramming-storm", .timers, .own) { storm(&$0) }
    report.attempt("timer-interrupts-never-ended", .timers, .own) { unended(&$0) }
    hostile_write_cntv_ctl(0)
    hostile_write_cntp_ctl(0)
    hostile_store32(surroundings.privateInterrupts + 0x180, 0xFFFF_FFFF)
  }

  private func due(_ tally: inout Tally) {
    hostile_write_cntv_cval(0)
    hostile_write_cntp_cval(0)
    hostile_write_cntv_ctl(1)
    hostile_write_cntp_ctl(1)
    let until = guest_counter() + guest_counter_frequency() / 2
    while guest_counter() < until { tally.tried(Trap.take()) }
  }

  private func storm(_ tally: inout Tally) {
    for round in UInt64(0)..<100_000 {
      hostile_write_cntv_cval(round & 1 == 0 ? 0 : ~0)
      hostile_write_cntv_ctl(round & 3)
      hostile_write_cntp_cval(round & 2 == 0 ? 0 : ~0)
      hostile_write_cntp_ctl(round & 3)
      tally.tried(Trap.take())
    }
  }

  /// Acknowledged and not ended, ended and not acknowledged, deactivated by the distributor in between.
  private func unended(_ tally: inout Tally) {
    for round in UInt64(0)..<20_000 {
      hostile_write_cntv_cval(0)
      hostile_write_cntv_ctl(1)
      let intid = surroundings.acknowledge()
      if round & 1 == 0 { hostile_store32(surroundings.privateInterrupts + 0x380, 0xFFFF_FFFF) }
      if round & 2 == 0 { surroundings.end(intid) }
      if round & 4 == 0 { hostile_store32(surroundings.privateInterrupts + 0x200, 0xFFFF_FFFF) }
      tally.tried(Trap.take())
    }
    for line in UInt64(0)..<32 { surroundings.end(line) }
    hostile_store32(surroundings.privateInterrupts + 0x280, 0xFFFF_FFFF)
    hostile_store32(surroundings.privateInterrupts + 0x380, 0xFFFF_FFFF)
    _ = Trap.take()
  }
}
