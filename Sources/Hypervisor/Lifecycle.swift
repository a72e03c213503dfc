import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// How CPUs enter and leave their domains, and how domains and the system stop.
enum Lifecycle {
  /// Enters the domain if CPU_ON asked for it; otherwise returns.
  static func enterIfTurnedOn() {
    let cpu = Current.cpu
    guard let domain = cpu.domain,
      let start = cpu.state.power.begin()
    else { return }
    if domain.state.status.mustStop {
      leave(domain)
      return
    }
    RegisterBaseline.resetVirtualInterface(listRegisters: Int(min(16, Machine.listRegisterCount)))
    RegisterBaseline.resetDomainRegisters()
    if domain.isDirect {
      DirectInterrupts.begin(Current.virtualCPU)
    } else {
      Current.virtualCPU.beginInterrupts()
      RegisterBaseline.admitDomainLines()
      RegisterBaseline.beginSignalling(cpu.partition.table)
    }
    enter_domain(start.entry, start.context)
  }

  /// This CPU is not part of its domain's run any more.
  static func leave(_ domain: DomainHandle) {
    let index = Int(Current.cpu.record.virtualIndex)
    // What this CPU wrote for its domain is in memory before another one renews that.
    data_barrier()
    let departure = domain.state.status.leave(index)
    Current.cpu.state.power.turnOff()
    switch departure {
    case .early: break
    case .stopped: finish(domain)
    case .restarts: if index != 0 { ask(domain.cpu(0), .start) }
    }
  }

  /// The last CPU of a domain left it.
  static func finish(_ domain: DomainHandle) {
    InterruptSetup.turnOff(domain, Current.cpu.partition.table.distributor)
    domain.state.output.publish()
    Current.console.markDomainReady()
    Health.enter(.halted, domain)
    let left = Current.system.state.runningDomains.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
    let report = Current.report
    report.name(of: domain)
    report.text(" has stopped")
    if left > 0, Current.system.state.stopping.load(ordering: .relaxed) == 0 {
      report.text(", ")
      report.decimal(UInt64(left))
      report.text(left == 1 ? " domain runs on" : " domains run on")
    }
    report.send()
    Streams.reportSum(of: domain)
    if left == 0 {
      let report = Current.report
      report.text("every domain has stopped")
      report.text(Firmware.lastStep)
      report.send()
      powerOff()
    }
  }

  /// A domain's run ends, and its `on-fault` decides what follows: the domain halts, restarts, or takes everything with it.
  ///
  /// Any CPU may call it, with no lock held, and after it has said why; what comes while the domain already stops changes
  /// nothing. On a CPU of the domain it continues in `park`, on another one it returns.
  static func domainEnded(_ domain: DomainHandle, _ reason: EndReason) {
    let isFirst = domain.state.status.stop(toRestart: reason.restarts(under: domain.record.onFault))
    if isFirst { Health.enter(.stopping, domain) }
    let isOwn = Current.cpu.domain?.record.state == domain.record.state
    let own = isOwn ? Int(Current.cpu.record.virtualIndex) : -1
    // A domain that takes its interrupts itself has one CPU, which hears nothing.
    if !domain.isDirect { for other in 0..<domain.cpuCount where other != own { ask(domain.cpu(other), .stop) } }
    if isFirst, reason.stopsSystem(under: domain.record.onFault) {
      let report = Current.report
      report.text("on-fault of ")
      report.name(of: domain)
      report.text(" is stop-system: stopping every domain")
      report.send()
      stopSystem()
    }
    if isOwn { park() }
  }

  /// Asks a CPU for something and wakes it, unless its domain takes interrupts directly: EL2's SGI would be the domain's.
  /// Such a domain looks at its end when it traps.
  static func ask(_ record: CPURecord, _ requests: Requests) {
    record.shared.requests.add(requests)
    let isDirect = record.domain != CPURecord.noDomain && Current.cpu.partition.domainHandle(record.domain).isDirect
    if !isDirect { Machine().kick(record) }
  }

  /// Stops every CPU and powers off. Of several CPUs that want it, one does it.
  static func stopSystem() {
    let system = Current.system
    if system.state.stopping.exchange(1, ordering: .acquiringAndReleasing) != 0 { park() }
    let partition = Current.cpu.partition
    let count = partition.table.cpuCount
    for index in 0..<count where index != Current.cpu.own.index {
      // Sound: the record is part of the mapped table.
      ask(unsafe partition.cpu(index).pointee, .stop)
    }
    let deadline = read_cntpct_el0() + 100 * system.serial.ticksPerMillisecond
    while system.state.parked.load(ordering: .acquiring) < count - 1, read_cntpct_el0() < deadline { spin_hint() }
    let report = Current.report
    report.text("every domain is stopped")
    report.text(Firmware.lastStep)
    report.send()
    powerOff()
  }

  /// Lets the console finish, within a bound, and asks the firmware to power off.
  static func powerOff() {
    finishOutput()
    Firmware.powerOff()
    stop_here()
  }

  static func finishOutput() {
    let system = Current.system
    let console = Current.console
    guard let uart = PhysicalUART(hardware: Machine(), table: Current.cpu.partition.table) else { return }
    let deadline = read_cntpct_el0() + 1000 * system.serial.ticksPerMillisecond
    var isEmpty = false
    while !isEmpty, read_cntpct_el0() < deadline {
      console.drain(budget: 1024)
      isEmpty =
        system.state.readyDomains.load(ordering: .acquiring) == 0
        && system.state.readyCPUs.load(ordering: .acquiring) == 0 && system.serial.multiplexer.isIdle
    }
    while !uart.isIdle, read_cntpct_el0() < deadline { spin_hint() }
  }
}

/// Where a CPU is that runs no domain: it takes EL2's interrupts, and starts its domain when it is asked to. `park` in
/// assembly gets here with an empty stack. Never returns.
@c(hypervisor_park)
func hypervisorPark() {
  let cpu = Current.cpu
  RegisterBaseline.holdBackDomainLines()
  Machine().setInterfaceControl(0)
  RegisterBaseline.endSignalling()
  write_cntv_ctl_el0(0)
  write_cntp_ctl_el0(0)
  let privateLines = cpu.own.privateLines
  let frame = Machine.privateFrame(cpu.record)
  store_device32(frame + UInt64(DistributorRegister.clearEnable), privateLines)
  store_device32(frame + UInt64(DistributorRegister.clearActive), privateLines)
  if let domain = cpu.domain, cpu.state.power.isOn {
    if domain.isDirect { DirectInterrupts.end(Current.virtualCPU) }
    Current.virtualCPU.endInterrupts()
    Lifecycle.leave(domain)
  }
  let system = Current.system
  while true {
    if system.state.stopping.load(ordering: .acquiring) != 0 {
      system.state.parked.wrappingAdd(1, ordering: .releasing)
      stop_here()
    }
    Lifecycle.enterIfTurnedOn()
    if Restart.goesOn() { continue }
    wait_for_interrupt()
    Interrupts.takeWhileParked()
  }
}
