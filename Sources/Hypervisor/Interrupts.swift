import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// A physical interrupt while a domain ran. One interrupt is taken; another one that is pending comes right after.
@c(hypervisor_interrupt)
func hypervisorInterrupt() {
  let acknowledged = Machine.acknowledge()
  let line = Machine.line(acknowledged)
  let virtualCPU = Current.virtualCPU
  if virtualCPU.owns(line) {
    Machine.dropPriority(acknowledged)
    virtualCPU.deliver(line)
  } else {
    Interrupts.takeOwn(acknowledged, virtualCPU)
  }
}

/// EL2's own interrupts.
enum Interrupts {
  /// Ends an interrupt that nobody else has to end.
  static func end(_ acknowledged: UInt32) {
    Machine.dropPriority(acknowledged)
    Machine.deactivate(acknowledged)
  }

  /// 1020 to 1023 say that there is no interrupt. Anything above is of a kind that EL2 leaves off; should firmware have
  /// left it on, its priority must not hold back everything else (IHI 0069, 2.2.1).
  static func endUnknown(_ line: UInt32) {
    if line > 1023 { Machine.dropPriority(line) }
  }

  static func takeOwn(_ acknowledged: UInt32, _ virtualCPU: VirtualCPU<Machine>) {
    let line = Machine.line(acknowledged)
    if line >= 1020 { return endUnknown(line) }
    let table = virtualCPU.partition.table
    switch line {
    case Machine.kickLine:
      end(acknowledged)
      answer(virtualCPU)
    case table.maintenanceINTID:
      // Its cause goes before its end, or it would come again.
      virtualCPU.synchronize()
      end(acknowledged)
    default: takeCommon(acknowledged, table)
    }
  }

  /// What other CPUs asked for.
  static func answer(_ virtualCPU: VirtualCPU<Machine>) {
    let requests = virtualCPU.cpu.state.requests.take()
    if requests.contains(.stop),
      virtualCPU.domain.state.status.mustStop || Current.system.state.stopping.load(ordering: .acquiring) != 0
    {
      park()
    }
    virtualCPU.answer(requests)
  }

  /// The console's interrupts, those of SMMUs, and those that nobody expects.
  static func takeCommon(_ acknowledged: UInt32, _ table: PartitionTable) {
    let line = Machine.line(acknowledged)
    if Streams.have(line) {
      // It ends first: what follows may end this CPU's domain, and with that not come back.
      end(acknowledged)
      Streams.take(line)
      return
    }
    if line == table.hypervisorTimerINTID {
      timerExpired(acknowledged)
      return
    } else if line == table.consoleINTID {
      Current.console.receive()
    } else {
      unexpected(line, table)
    }
    end(acknowledged)
  }

  /// EL2's timer, for whatever is due. A watchdog may end the domain's run, so that this comes last.
  static func timerExpired(_ acknowledged: UInt32) {
    let cpu = Current.cpu
    let now = read_cntpct_el0()
    let isForWatchdog = cpu.isDue(.watchdog, now: now)
    if cpu.isDue(.console, now: now) || !isForWatchdog { Current.console.timerExpired() }
    // Its cause goes before its end, or it would come again.
    if isForWatchdog { cpu.setTimer(.watchdog, nil, Machine()) }
    end(acknowledged)
    if isForWatchdog { Watchdog.expired() }
  }

  /// A line that this CPU should not get is turned off and told once.
  static func unexpected(_ line: UInt32, _ table: PartitionTable) {
    let base = line < 32 ? Machine.privateFrame(Current.cpu.record) : table.distributor
    store_device32(base + UInt64(DistributorRegister.clearEnable) + UInt64(line >> 5) * 4, 1 << (line & 31))
    let report = Current.report
    report.text("interrupt ")
    report.decimal(UInt64(line))
    report.text(" came to CPU record ")
    report.decimal(UInt64(Current.cpu.own.index))
    report.text(", which does not have it; it is turned off")
    report.send()
  }

  /// Interrupts of a CPU that runs no domain.
  static func takeWhileParked() {
    let acknowledged = Machine.acknowledge()
    let line = Machine.line(acknowledged)
    if line >= 1020 { return endUnknown(line) }
    if line == Machine.kickLine {
      end(acknowledged)
      // Starting and stopping are looked at by the caller; SGIs and lines mean nothing to a CPU that is off.
      if Current.cpu.state.requests.take().contains(.watchdog) { Current.virtualCPU.watchWatchdog() }
    } else if line == Current.cpu.partition.table.maintenanceINTID {
      // Asserted as the CPU left its domain; the cause is gone.
      end(acknowledged)
    } else {
      takeCommon(acknowledged, Current.cpu.partition.table)
    }
  }
}
