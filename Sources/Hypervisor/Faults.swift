import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// What a domain is refused, what stops it, and what goes wrong inside EL2, each in words.
enum Faults {
  /// Refusals of a domain that are reported; all are counted.
  static var reportedRefusals: UInt32 { 16 }

  /// An access that the domain has no right to becomes an external abort at EL1.
  static func refuseAccess(_ virtualCPU: VirtualCPU<Machine>, _ syndrome: Syndrome, _ abort: AbortSyndrome) {
    let count = virtualCPU.domain.state.refusedAccesses.wrappingAdd(1, ordering: .relaxed).newValue
    Health.refused(virtualCPU.domain)
    if count <= reportedRefusals { reportRefusal(virtualCPU, abort, isLast: count == reportedRefusals) }
    write_far_el1(read_far_el2())
    Traps.give(GuestException.externalAbort(at: read_spsr_el2(), trap: syndrome, control: read_sctlr_el1()))
  }

  static func reportRefusal(_ virtualCPU: VirtualCPU<Machine>, _ abort: AbortSyndrome, isLast: Bool) {
    let report = begin(virtualCPU)
    report.text(abort.isOnTableWalk ? "table walk at " : abort.isWrite ? "write to " : "read of ")
    address(report, abort)
    report.text(
      abort.isPermissionFault ? ": no right to it" : abort.isTranslationFault ? ": not the domain's" : ": failed")
    report.text("; external abort given to the domain")
    if isLast { report.text(" (further ones are counted, not reported)") }
    report.send()
  }

  /// The guest address where EL2 can know it, and the virtual one otherwise.
  static func address(_ report: Report<Machine>, _ abort: AbortSyndrome) {
    if abort.hasPage {
      let page = read_hpfar_el2() << 8 & 0xF_FFFF_FFFF_F000
      report.text("guest address ")
      report.hexadecimal(abort.isOnTableWalk ? page : page | read_far_el2() & 0xFFF)
    } else {
      report.text("virtual address ")
      report.hexadecimal(read_far_el2())
    }
  }

  /// `NAME, CPU n, PC 0x…: `
  static func begin(_ virtualCPU: VirtualCPU<Machine>) -> Report<Machine> {
    let report = Current.report
    report.name(of: virtualCPU.domain)
    report.text(", CPU ")
    report.decimal(UInt64(virtualCPU.index))
    report.text(", PC ")
    report.hexadecimal(read_elr_el2())
    report.text(": ")
    return report
  }

  /// Ends a report and stops the domain according to its `on-fault`.
  static func stop(_ virtualCPU: VirtualCPU<Machine>, _ report: Report<Machine>) {
    report.text("; the domain is stopped")
    report.send()
    Lifecycle.domainEnded(virtualCPU.domain, .fault)
  }

  static func instructionOutsideMemory(_ virtualCPU: VirtualCPU<Machine>, _ abort: AbortSyndrome) {
    let report = begin(virtualCPU)
    report.text("instruction at ")
    address(report, abort)
    report.text(", outside the domain's memory")
    let place = abort.hasPage ? read_hpfar_el2() << 8 & 0xF_FFFF_FFFF_F000 | read_far_el2() & 0xFFF : read_far_el2()
    Health.record(.instruction, virtualCPU, address: place, pc: read_elr_el2())
    stop(virtualCPU, report)
  }

  static func unexpectedTrap(_ virtualCPU: VirtualCPU<Machine>, _ syndrome: Syndrome) {
    let report = begin(virtualCPU)
    report.text("unexpected exception, syndrome ")
    report.hexadecimal(syndrome.rawValue)
    Health.record(.exception, virtualCPU, address: syndrome.rawValue, pc: read_elr_el2())
    stop(virtualCPU, report)
  }

  /// `offset` of the instruction in the image, which is the same in the runtime's ELF.
  static func describe(_ report: Report<Machine>, _ kind: UInt32, _ syndrome: Syndrome, _ pc: UInt64, _ far: UInt64) {
    switch kind {
    case 1: report.text("unexpected IRQ")
    case 2: report.text("unexpected FIQ")
    case 3: report.text("system error (SError)")
    case 4: report.text("exception at a vector that cannot be reached")
    default: synchronous(report, syndrome, far)
    }
    report.text(" at ")
    report.hexadecimal(pc)
    report.text(" (image offset ")
    report.hexadecimal(pc &- image_start())
    report.text(")")
  }

  static func synchronous(_ report: Report<Machine>, _ syndrome: Syndrome, _ far: UInt64) {
    switch syndrome.exceptionClass {
    case ExceptionClass.brk: report.text("a check failed (overflow, index or precondition)")
    case ExceptionClass.dataAbortInside:
      // The stack ends where the state begins, and starts on a page.
      let guardPage = read_tpidr_el2() &- UInt64(STACK_SIZE) &- 4096
      report.text(far &- guardPage < 4096 ? "stack overflow, address " : "data abort, address ")
      report.hexadecimal(far)
    case ExceptionClass.instructionAbortInside:
      report.text("instruction abort, address ")
      report.hexadecimal(far)
    default:
      report.text("exception, syndrome ")
      report.hexadecimal(syndrome.rawValue)
    }
  }
}

/// An error inside EL2, on the CPU's stack begun anew: says where and why, and stops the domain of this CPU. What EL2 was
/// doing is given up. A second error on the same CPU, which may be one of reporting the first, stops the domain without words,
/// a third ends all that the CPU does. Never returns.
@c(hypervisor_fault)
func hypervisorFault(_ kind: UInt32, _ syndrome: UInt64, _ pc: UInt64, _ far: UInt64) {
  let cpu = Current.cpu
  cpu.own.faults &+= 1
  if cpu.own.faults > 2 { stop_here() }
  let hasStarted = Current.system.state.verdict.load(ordering: .acquiring) == 1
  if hasStarted { Restart.abandon() }
  if cpu.own.faults == 2, hasStarted, let virtualCPU = VirtualCPU(hardware: Machine(), cpu: cpu) {
    Lifecycle.domainEnded(virtualCPU.domain, .fault)
  }
  cpu.state.messages.unappend()
  Current.console.abandon()
  let report = Current.report
  report.text("error inside the hypervisor on CPU record ")
  report.decimal(UInt64(cpu.own.index))
  report.text(": ")
  Faults.describe(report, kind, Syndrome(rawValue: syndrome), pc, far)
  report.send()
  if !hasStarted { Start.refuse() }
  if let virtualCPU = VirtualCPU(hardware: Machine(), cpu: cpu) {
    let report = Current.report
    report.name(of: virtualCPU.domain)
    report.text(", which this CPU belongs to, is stopped")
    report.send()
    Health.record(.hypervisor, virtualCPU, address: far, pc: pc)
    Lifecycle.domainEnded(virtualCPU.domain, .fault)
  }
  park()
}

/// An FIQ (kind 2) or a system error (kind 3) while a domain ran. Never returns.
@c(hypervisor_asynchronous_fault)
func hypervisorAsynchronousFault(_ kind: UInt32) {
  let virtualCPU = Current.virtualCPU
  let report = Faults.begin(virtualCPU)
  if kind == 2 {
    report.text("FIQ, which nothing is configured to raise")
  } else {
    report.text("system error (SError), syndrome ")
    report.hexadecimal(read_esr_el2())
  }
  Health.record(.systemError, virtualCPU, address: read_esr_el2(), pc: read_elr_el2())
  Faults.stop(virtualCPU, report)
}
