import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// A physical interrupt while a domain ran. One interrupt is taken; another one that is pending comes right after.
@c(hypervisor_interrupt)
func hypervisorInterrupt() {
  let line = UInt32(truncatingIfNeeded: read_icc_iar1_el1())
  let virtualCPU = Current.virtualCPU
  if virtualCPU.owns(line) {
    write_icc_eoir1_el1(UInt64(line))
    virtualCPU.deliver(line)
  } else {
    Interrupts.takeOwn(line, virtualCPU)
  }
}

/// EL2's own interrupts.
enum Interrupts {
  /// Ends an interrupt that nobody else has to end.
  static func end(_ line: UInt32) {
    write_icc_eoir1_el1(UInt64(line))
    write_icc_dir_el1(UInt64(line))
  }

  /// 1020 to 1023 say that there is no interrupt. Anything above is of a kind that EL2 leaves off; should firmware have
  /// left it on, its priority must not hold back everything else (IHI 0069, 2.2.1).
  static func endUnknown(_ line: UInt32) {
    if line > 1023 { write_icc_eoir1_el1(UInt64(line)) }
  }

  static func takeOwn(_ line: UInt32, _ virtualCPU: VirtualCPU<Machine>) {
    if line >= 1020 { return endUnknown(line) }
    let table = virtualCPU.partition.table
    switch line {
    case Machine.kickLine:
      end(line)
      answer(virtualCPU)
    case table.maintenanceINTID:
      // Its cause goes before its end, or it would come again.
      virtualCPU.synchronize()
      end(line)
    default: takeCommon(line, table)
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

  /// The console's interrupts, and those that nobody expects.
  static func takeCommon(_ line: UInt32, _ table: PartitionTable) {
    if line == table.hypervisorTimerINTID {
      Current.console.timerExpired()
    } else if line == table.consoleINTID {
      Current.console.receive()
    } else {
      unexpected(line, table)
    }
    end(line)
  }

  /// A line that this CPU should not get is turned off and told once.
  static func unexpected(_ line: UInt32, _ table: PartitionTable) {
    let base =
      line < 32
      ? Current.cpu.record.redistributor + UInt64(DistributorRegister.interruptFrame) : table.distributor
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
    let line = UInt32(truncatingIfNeeded: read_icc_iar1_el1())
    if line >= 1020 { return endUnknown(line) }
    if line == Machine.kickLine {
      end(line)
      // Starting and stopping are looked at by the caller; SGIs and lines mean nothing to a CPU that is off.
      _ = Current.cpu.state.requests.take()
    } else if line == Current.cpu.partition.table.maintenanceINTID {
      // Asserted as the CPU left its domain; the cause is gone.
      end(line)
    } else {
      takeCommon(line, Current.cpu.partition.table)
    }
  }
}
