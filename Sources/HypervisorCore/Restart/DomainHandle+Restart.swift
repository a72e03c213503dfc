import ImageFormat
import Synchronization

// What EL2 remembers of a domain becomes what it was before the first start, but for counters of what was refused, and
// for output that is still to be shown.
extension DomainHandle {
  /// For the domain's first CPU, once every CPU has left.
  public func reset() {
    state.lock.reset()
    state.waitingCPUs.store(0, ordering: .relaxed)
    state.groupEnables.store(0, ordering: .relaxed)
    for index in state.enabled.indices { state.enabled[index].store(0, ordering: .relaxed) }
    for index in state.priorities.indices { state.priorities[index].store(0, ordering: .relaxed) }
    for index in 0..<cpuCount {
      cpu(index).shared.redistributor.reset()
      // SGIs of the old run would be taken by the new one.
      cpu(index).shared.requests.withdraw(.ofRun)
    }
    state.virtualLines.reset()
    state.waitsForRoom.store(0, ordering: .relaxed)
    locked.uart.reset()
    // What was typed was meant for the old run. The producer may add more meanwhile, but no more than the ring holds.
    for _ in 0..<state.input.count { state.input.removeFirst() }
  }
}
