import GuestKit
import GuestSupport
import GuestTree

/// CNTVCT_EL0 at the last interrupt's second instruction; 0 while none came. Written by the handler only.
private nonisolated(unsafe) var lastInterrupt: UInt64 = 0

/// The interrupt controller, for the handler; set before interrupts are on.
private nonisolated(unsafe) var interrupts: InterruptController?

/// Called by the start code with the device tree's address and the counter as it stood at the second instruction.
@c(guest_main)
public func benchMain(treeAddress: UInt64, startCounter: UInt64) {
  let found: BenchHardware?? = DeviceTreeBlob.read(at: treeAddress) { tree in BenchHardware(tree: tree) }
  guard let found, let hardware = found else { return }
  GuestFault.report(on: hardware.serial)
  unsafe interrupts = hardware.interrupts
  hardware.interrupts.enable()
  let bench = Bench(hardware: hardware)
  bench.report("reset-to-domain", startCounter)
  bench.measureTraps()
  bench.measureInterrupts()
  hardware.serial.write("bench done")
  hardware.serial.endLine()
  _ = guest_hypervisor_call(Bench.systemOff)
}

/// Called by the vectors with CNTVCT_EL0 as it stood at the handler's second instruction.
@c(guest_interrupt)
public func benchInterrupt(counter: UInt64) {
  guard let interrupts = unsafe interrupts else { return }
  let acknowledged = interrupts.acknowledge()
  guard acknowledged & 0x3FF < 1020 else { return }
  guest_stop_timer()
  unsafe lastInterrupt = counter
  interrupts.end(acknowledged)
}

/// Waits for the next interrupt, whose time it returns. Interrupts must be on.
func timeOfInterrupt() -> UInt64 {
  // A call with a memory barrier between two looks, so that each of them really looks.
  while unsafe lastInterrupt == 0 { guest_memory_barrier() }
  let time = unsafe lastInterrupt
  unsafe lastInterrupt = 0
  return time
}
