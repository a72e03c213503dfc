import GuestKit
import GuestSupport
import HostileSupport

/// What the second CPU and the witness's interrupt handler have to know; written once, before either runs.
private nonisolated(unsafe) var found: Surroundings?
private nonisolated(unsafe) var witness: Witness?

/// Called by the start code with the device tree's address: a domain that tries to break out, attempt by attempt, and
/// says of each what became of it. It ends with a jump into the void, which is the hypervisor's to report.
@c(guest_main)
public func hostileMain(treeAddress: UInt64, startCounter: UInt64) {
  let read: Surroundings?? = DeviceTreeBlob.read(at: treeAddress) { tree in
    let surroundings = Surroundings(tree: tree)
    if let surroundings, case .witness = surroundings.errand {
      unsafe witness = Witness(surroundings, tree: tree, at: treeAddress)
    }
    return surroundings
  }
  guard let read, let surroundings = read else { return }
  GuestFault.report(on: surroundings.serial)
  unsafe found = surroundings
  if case .witness = surroundings.errand { beWitness() }
  hostile_install_vectors()
  hostile_allow_everything()
  surroundings.serial.write("attacker: ready")
  surroundings.serial.endLine()
  if case .dma(let isFlood) = surroundings.errand { attackByDMA(surroundings, isFlood: isFlood) }
  guard case .end(let act) = surroundings.errand else {
    var report = Report(serial: surroundings.serial)
    Campaign(surroundings: surroundings).run(&report)
    report.table()
    report.finish()
    Mailbox.send(.forever, seed: 3, count: 1000)
    FinalAct.jumpBelow.carryOut(surroundings)
    return
  }
  act.carryOut(surroundings)
}

/// Ends in peace after the attempts, or with a flood of them; comes back without a device for it.
private func attackByDMA(_ surroundings: Surroundings, isFlood: Bool) {
  guard let host = surroundings.pciHost else { return }
  let attacks = DMAAttacks(surroundings, host)
  guard attacks.deviceCount > 0 else { return }
  if isFlood {
    surroundings.serial.write("the flood begins")
    surroundings.serial.endLine()
    attacks.flood()
  }
  var report = Report(serial: surroundings.serial)
  attacks.run(&report)
  report.finish()
  FinalAct.systemOff.carryOut(surroundings)
}

/// Never returns: interrupts are reported by their handler, and the memory is looked at once for each beat of the clock.
private func beWitness() {
  unsafe witness?.start()
  var looks: UInt64 = 0
  while true {
    guest_disable_interrupts()
    if let bystander = unsafe witness, bystander.ticks != looks {
      looks = bystander.ticks
      bystander.lookAtMemory()
    } else {
      guest_wait()
    }
    guest_enable_interrupts()
  }
}

/// Called by the second CPU's start code.
@c(hostile_second_cpu)
public func hostileSecondCPU(context: UInt64) {
  guard let surroundings = unsafe found else { return }
  hostile_allow_everything()
  while true {
    guard let order = Mailbox.receive() else {
      hostile_yield()
      continue
    }
    var tally = Tally(completion: order.task.completion)
    order.task.run(surroundings, seed: order.seed, count: order.count, &tally)
    Mailbox.answer(tally)
  }
}

/// Called by GuestSupport's vectors, which only the witness keeps: the attacker masks interrupts.
@c(guest_interrupt)
public func hostileInterrupt(counter: UInt64) {
  guard let interrupts = unsafe witness?.surroundings.interrupts else { return }
  let acknowledged = interrupts.acknowledge()
  let intid = acknowledged & 0x3FF
  guard intid < 1020 else { return }
  unsafe witness?.report(intid)
  interrupts.end(acknowledged)
}
