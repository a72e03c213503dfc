import GuestSupport
import HostileSupport

/// WFI, WFE, YIELD and SEV as fast as they come back, with a timer that is due so that WFI does not wait.
struct HintLoop {
  let surroundings: Surroundings

  func run(_ count: UInt64, _ tally: inout Tally) {
    let timer = PendingTimer(surroundings: surroundings)
    timer.start()
    for _ in 0..<count {
      hostile_wait_for_interrupt()
      hostile_wait_for_event()
      hostile_yield()
      hostile_send_event()
      tally.tried(Trap.take())
    }
    timer.stop()
  }
}
