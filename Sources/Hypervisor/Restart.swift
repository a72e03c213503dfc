import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// How a domain starts anew: its first CPU does it, once all of its CPUs have left, while it runs no domain. Nothing is
/// locked meanwhile, and EL2's interrupts on that CPU are taken every few pages.
enum Restart {
  /// Milliseconds within which a domain's CPUs have to leave it. One that is at EL2 leaves after a bounded number of
  /// instructions; one that has not by then never will.
  static var patience: UInt64 { 100 }

  /// Does what there is to do on this CPU for a restart of its domain; false if there is nothing.
  static func goesOn() -> Bool {
    guard let domain = Current.cpu.domain else { return false }
    if domain.state.status.awaitsDepartures { awaitDepartures(domain) }
    if domain.state.status.restartFailed { giveUp(domain, "is not restarted: the hypervisor failed") }
    guard domain.state.status.canRestart, Current.cpu.record.virtualIndex == 0 else { return false }
    run(domain)
    return true
  }

  static func awaitDepartures(_ domain: DomainHandle) {
    let deadline = read_cntpct_el0() + patience * Current.system.serial.ticksPerMillisecond
    while domain.state.status.awaitsDepartures {
      if isStopping { return }
      if read_cntpct_el0() > deadline {
        giveUp(domain, "is not restarted: one of its CPUs does not leave the hypervisor")
        return
      }
      Interrupts.takeWhileParked()
    }
  }

  static func run(_ domain: DomainHandle) {
    let partition = Current.cpu.partition
    let restart = partition.restart(domain.record.restart)
    let limit = domain.record.restartLimit
    let window = restart.window &* Current.system.serial.ticksPerMillisecond
    // Sound: no other CPU looks at the history.
    guard let history = unsafe partition.history(restart),
      unsafe history.pointee.admit(now: read_cntpct_el0(), window: window, limit: limit)
    else {
      let report = Current.report
      report.name(of: domain)
      report.text(" has restarted ")
      report.decimal(UInt64(limit))
      report.text(limit == 1 ? " time within " : " times within ")
      report.decimal(restart.window)
      report.text(" ms, which is its limit")
      report.send()
      giveUp(domain, "is not restarted again")
      return
    }
    Health.enter(.restarting, domain)
    // The last CPU to leave says so one step before it is off.
    for index in 0..<domain.cpuCount { while domain.cpu(index).shared.power.isOn { spin_hint() } }
    if !Streams.stop(domain) {
      giveUp(domain, "is not restarted: its devices' DMA does not stop")
      return
    }
    let distributor = partition.table.distributor
    InterruptSetup.turnOff(domain, distributor)
    domain.state.output.publish()
    Current.console.markDomainReady()
    if !resetDevices(restart, partition) {
      giveUp(domain, "is not restarted: one of its devices does not come out of its reset")
      return
    }
    let memory = DomainMemory(hardware: Machine(), partition: partition, restart: restart)
    let isRenewed = memory.renew {
      Interrupts.takeWhileParked()
      return !isStopping
    }
    if !isRenewed { return }
    Current.cpu.partition.resetFunctions(of: domain)
    domain.reset()
    InterruptSetup.reset(domain, distributor)
    _ = Streams.start(domain)
    let report = Current.report
    report.name(of: domain)
    report.text(" restarts: its memory is as at the first start (restart ")
    report.decimal(UInt64(unsafe history.pointee.count))
    report.text(")")
    report.send()
    Health.enter(.running, domain)
    domain.state.status.restart()
    Watchdog.start(Current.virtualCPU)
    _ = domain.cpu(0).shared.power.turnOn(entry: domain.record.entry, context: domain.record.treeAddress) {}
  }

  static func giveUp(_ domain: DomainHandle, _ why: StaticString) {
    if !domain.state.status.giveUpRestart() { return }
    let report = Current.report
    report.name(of: domain)
    report.text(" ")
    report.text(why)
    report.send()
    Lifecycle.finish(domain)
  }

  /// EL2 failed on this CPU: if that was in a restart, the map is EL2's own again, and the domain is given up in `goesOn`.
  static func abandon() {
    guard Current.cpu.record.virtualIndex == 0, let domain = Current.cpu.domain, domain.state.status.failRestart()
    else {
      return
    }
    let partition = Current.cpu.partition
    let restart = partition.restart(domain.record.restart)
    DomainMemory(hardware: Machine(), partition: partition, restart: restart).use(partition.table.translationTable)
  }

  /// Every domain stops.
  static var isStopping: Bool { Current.system.state.stopping.load(ordering: .acquiring) != 0 }

  /// Carries the steps out, under the domain's restart map, which alone has the devices' registers.
  static func resetDevices(_ restart: RestartRecord, _ partition: PartitionHandle) -> Bool {
    if restart.stepCount == 0 { return true }
    let memory = DomainMemory(hardware: Machine(), partition: partition, restart: restart)
    memory.use(restart.translationTable)
    defer { memory.use(partition.table.translationTable) }
    for index in 0..<restart.stepCount where !carryOut(partition.resetStep(restart.firstStep &+ index)) { return false }
    return true
  }

  static func carryOut(_ step: ResetStep) -> Bool {
    if step.patience == 0 {
      let kept = step.mask == .max ? 0 : load_device32(step.address) & ~step.mask
      store_device32(step.address, kept | step.value)
      return true
    }
    let deadline = read_cntpct_el0() + (step.patience &* Current.system.serial.ticksPerMillisecond / 1000)
    while load_device32(step.address) & step.mask != step.value {
      if read_cntpct_el0() > deadline { return false }
    }
    return true
  }
}
