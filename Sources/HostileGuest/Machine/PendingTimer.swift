import GuestKit
import GuestSupport
import HostileSupport

/// A virtual timer whose interrupt is pending all the time, so that waiting for an interrupt comes back at once. It is
/// never taken, because the guest masks interrupts. What earlier attempts have left of pending and active interrupts is
/// cleared away first.
struct PendingTimer {
  let surroundings: Surroundings

  /// Makes the interrupt pending on the CPU that this runs on.
  func start() {
    let groups: UInt64 = 0x80
    let enables: UInt64 = 0x100
    let clearPending: UInt64 = 0x280
    let clearActive: UInt64 = 0x380
    let priorities: UInt64 = 0x400
    let frame = surroundings.privateInterrupts(of: hostile_cpu_number())
    hostile_store32(surroundings.distributor.base, surroundings.distributorOn)
    if !surroundings.isGICv2 { hostile_store32(frame - 0x1_0000 + 0x14, 0) }
    surroundings.forgetActivePriorities()
    hostile_store32(frame + clearPending, 0xFFFF_FFFF)
    hostile_store32(frame + clearActive, 0xFFFF_FFFF)
    hostile_store32(frame + groups, UInt64(surroundings.timerInterrupts))
    hostile_store32(frame + enables, UInt64(surroundings.timerInterrupts))
    for line in UInt64(16)..<32 { hostile_store8(frame + priorities + line, 0x80) }
    surroundings.openInterface()
    hostile_write_cntv_cval(0)
    hostile_write_cntv_ctl(1)
    _ = Trap.take()
  }

  /// Withdraws it.
  func stop() {
    hostile_write_cntv_ctl(0)
    _ = Trap.take()
  }
}
