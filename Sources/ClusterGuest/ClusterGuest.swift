import GuestKit
import GuestSupport
import GuestTree

/// The guest's own state: one CPU, one interrupt, so that nothing but the interrupt handler touches it once it runs.
private nonisolated(unsafe) var cluster: InstrumentCluster?

/// Called by the start code with the address of the device tree in x0.
@c(guest_main)
public func clusterMain(treeAddress: UInt64, startCounter: UInt64) {
  let parts: ClusterHardware?? = DeviceTreeBlob.read(at: treeAddress) { tree in
    let hardware = ClusterHardware(tree: tree)
    if let serial = hardware?.serial { GuestFault.report(on: serial) }
    hardware?.introduce(tree: tree)
    return hardware
  }
  guard let found = parts, let hardware = found else { return }
  unsafe cluster = InstrumentCluster(hardware: hardware)
  hardware.interrupts.enable()
  hardware.interrupts.enable(privateInterrupt: hardware.timerInterrupt)
  unsafe cluster?.start()
  while true {
    guest_disable_interrupts()
    guest_wait()
    guest_enable_interrupts()
  }
}

/// Called by the vectors with CNTVCT_EL0 as it stood at the handler's second instruction.
///
/// The interrupt ends with the timer off, before the work that arms it again: work that takes longer than a beat then
/// meets no interrupt that is due once more while it is still active. A GIC signals that one after the end; QEMU's GICv2
/// (10.0, gic_complete_irq) does not look at the physical line again when a virtual end deactivates it, and would signal
/// it with the next interrupt of any CPU, or never.
@c(guest_interrupt)
public func clusterInterrupt(counter: UInt64) {
  guard let interrupts = unsafe cluster?.interrupts else { return }
  let acknowledged = interrupts.acknowledge()
  let intid = acknowledged & 0x3FF
  guard intid < 1020 else { return }
  guest_stop_timer()
  interrupts.end(acknowledged)
  unsafe cluster?.handle(intid: intid, counter: counter)
}
