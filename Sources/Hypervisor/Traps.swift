import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// HVC. The frame has x0 to x17.
@c(hypervisor_hvc)
func hypervisorHVC(_ address: UInt64, _ syndrome: UInt64) { Calls.handle(address, syndrome) }

/// SMC. It trapped before it was carried out, so the domain goes on behind it.
@c(hypervisor_smc)
func hypervisorSMC(_ address: UInt64, _ syndrome: UInt64) {
  Traps.skipInstruction(4)
  Calls.handle(address, syndrome)
}

/// Calls by HVC and SMC.
enum Calls {
  static func handle(_ address: UInt64, _ syndrome: UInt64) {
    // Sound: a vector saved the frame on this CPU's stack and keeps it until this returns.
    guard let frame = unsafe UnsafeMutablePointer<TrapFrame>(bitPattern: UInt(address)) else { return }
    // The convention has the immediate 0; others are nobody's.
    if syndrome & 0xFFFF != 0 {
      unsafe frame.pointee[0] = PSCIStatus.notSupported
      return
    }
    let function = UInt32(truncatingIfNeeded: unsafe frame.pointee[0])
    if function == PSCIFunction.version {
      unsafe frame.pointee[0] = VirtualCPU<Machine>.psciVersion
      return
    }
    let virtualCPU = Current.virtualCPU
    let outcome = unsafe virtualCPU.call(function, frame.pointee[1], frame.pointee[2], frame.pointee[3])
    switch outcome {
    case .answer(let value): unsafe frame.pointee[0] = value
    case .standby:
      virtualCPU.waitForInterrupt()
      unsafe frame.pointee[0] = PSCIStatus.success
    case .turnOff: park()
    case .systemOff: stop(virtualCPU, "has shut down")
    case .systemReset: stop(virtualCPU, "asked for a reset, which ends it: it is not restarted")
    case .firmware: call_firmware(address)
    }
  }

  static func stop(_ virtualCPU: VirtualCPU<Machine>, _ why: StaticString) {
    let report = Current.report
    report.name(of: virtualCPU.domain)
    report.text(" ")
    report.text(why)
    report.send()
    Lifecycle.stop(virtualCPU, becauseOfFault: false)
  }
}

extension VirtualCPU where H == Machine {
  /// Standby until an interrupt comes, unless one is there for the domain already.
  func waitForInterrupt() {
    for index in 0..<cpu.own.listRegisterCount
    where ListRegister(rawValue: hardware.listRegister(Int(index))).isPending { return }
    wait_for_interrupt()
  }
}

/// Everything synchronous but calls. The frame has x0 to x30.
@c(hypervisor_trap)
func hypervisorTrap(_ address: UInt64, _ rawSyndrome: UInt64) {
  // Sound: a vector saved the frame on this CPU's stack and keeps it until this returns.
  guard let frame = unsafe UnsafeMutablePointer<TrapFrame>(bitPattern: UInt(address)) else { return }
  let syndrome = Syndrome(rawValue: rawSyndrome)
  switch syndrome.exceptionClass {
  case ExceptionClass.dataAbort: unsafe Traps.dataAbort(&frame.pointee, syndrome)
  case ExceptionClass.systemRegister: unsafe Traps.systemRegister(&frame.pointee, syndrome)
  case ExceptionClass.instructionAbort: Traps.instructionAbort(syndrome)
  default:
    if syndrome.exceptionClass.isAbsentFeature {
      Traps.undefined(syndrome)
    } else {
      Faults.unexpectedTrap(Current.virtualCPU, syndrome)
    }
  }
}

/// Traps of a domain.
enum Traps {
  static func skipInstruction(_ length: UInt64) {
    write_elr_el2(read_elr_el2() &+ length)
    write_spsr_el2(GuestException.stateAfterInstruction(read_spsr_el2()))
  }

  static func dataAbort(_ frame: inout TrapFrame, _ syndrome: Syndrome) {
    let abort = AbortSyndrome(iss: syndrome.iss)
    let virtualCPU = Current.virtualCPU
    let isAArch64 = read_spsr_el2() & (1 << 4) == 0
    if abort.isTranslationFault, !abort.isOnTableWalk, abort.isValid, isAArch64 {
      let page = read_hpfar_el2() << 8 & 0xF_FFFF_FFFF_F000
      let address = page | read_far_el2() & 0xFFF
      if virtualCPU.emulate(at: address, abort, &frame, console: Current.console) {
        skipInstruction(syndrome.instructionLength)
        return
      }
    }
    Faults.refuseAccess(virtualCPU, syndrome, abort)
  }

  /// Outside its memory a domain has no instructions. On a table walk the domain's own tables are wrong, and it is told.
  static func instructionAbort(_ syndrome: Syndrome) {
    let abort = AbortSyndrome(iss: syndrome.iss)
    if abort.isOnTableWalk {
      Faults.refuseAccess(Current.virtualCPU, syndrome, abort)
    } else {
      Faults.instructionOutsideMemory(Current.virtualCPU, abort)
    }
  }

  static func systemRegister(_ frame: inout TrapFrame, _ syndrome: Syndrome) {
    let access = SystemRegisterAccess(iss: syndrome.iss)
    let virtualCPU = Current.virtualCPU
    switch SystemRegisterRule.rule(for: access) {
    case .softwareInterrupt: virtualCPU.sendInterrupts(frame[access.register])
    case .identification(let index):
      frame[access.register] = IdentificationRegister.value(
        index, hardware: read_identification(UInt32(truncatingIfNeeded: index)),
        features: DomainFeatures(rawValue: virtualCPU.domain.record.features))
    case .ignored: if access.isRead { frame[access.register] = 0 }
    case .setWay: virtualCPU.domain.state.ignoredSetWay.wrappingAdd(1, ordering: .relaxed)
    case .undefined:
      undefined(syndrome)
      return
    }
    skipInstruction(4)
  }

  static func undefined(_ syndrome: Syndrome) {
    Current.virtualCPU.domain.state.undefinedInstructions.wrappingAdd(1, ordering: .relaxed)
    give(GuestException.undefined(at: read_spsr_el2(), trap: syndrome, control: read_sctlr_el1()))
  }

  /// Lets the domain continue in its exception handler.
  static func give(_ exception: GuestException) {
    write_elr_el1(read_elr_el2())
    write_spsr_el1(read_spsr_el2())
    write_esr_el1(exception.syndrome)
    write_elr_el2(read_vbar_el1() &+ exception.vectorOffset)
    write_spsr_el2(exception.state)
  }
}
