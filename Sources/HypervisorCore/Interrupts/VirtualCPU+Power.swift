import ImageFormat
import Synchronization

// What becomes of a CPU's interrupts while it is off. EL2 then lets no line of the domain through to it, so that those
// stay pending at the distributor until the domain sends them elsewhere or turns the CPU on.
extension VirtualCPU {
  /// The CPU has been turned on and its list registers are empty: of what was before, only lines that EL2 makes
  /// can still be asserted.
  public func beginInterrupts() {
    cpu.own.waiting.removeAll()
    if H.isGICv2 { forgetSenders() }
    cpu.own.pulses = 0
    cpu.own.interfaceControl = InterfaceControl.enabled
    if domain.state.virtualLines.asserted & virtualLinesHere != 0 { synchronize() }
  }

  /// The CPU is being turned off. SPIs that EL2 acknowledged for it and the domain did not are pending at the
  /// distributor again; one that is active stays so, as without a hypervisor. The redistributor is as after its reset.
  public func endInterrupts() {
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      if entry.isOnlyPending, entry.isHardware { cpu.own.waiting.insert(entry.line) }
      if entry.isOnlyPending, isVirtual(entry.line) { putBack(VirtualLines.bit(entry.line)) }
      hardware.setListRegister(index, 0)
    }
    for word in 1..<32 {
      let bits = cpu.own.waiting[word: word]
      // A level asserts itself again.
      storePhysical(DistributorRegister.setPending, word: word, bits & edges(word: word))
      storePhysical(DistributorRegister.clearActive, word: word, bits)
    }
    cpu.own.waiting.removeAll()
    _ = markWaiting()
    cpu.state.redistributor.enabled.store(0, ordering: .relaxed)
    cpu.state.redistributor.awake.store(0, ordering: .relaxed)
  }
}
