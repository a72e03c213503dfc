import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// HVC. The frame has x0 to x17. PSCI_VERSION is answered here, which shows what a trap costs at least.
@c(hypervisor_hvc)
@inline(__always)
func hypervisorHVC(_ address: UInt, _ syndrome: UInt64) {
  let frame = Traps.frame(address)
  if UInt32(truncatingIfNeeded: frame[0]) == PSCIFunction.version, syndrome & 0xFFFF == 0 {
    frame[0] = VirtualCPU<Machine>.psciVersion
  } else {
    Calls.handle(address, syndrome)
  }
}

/// SMC. It trapped before it was carried out, so the domain goes on behind it.
@c(hypervisor_smc)
func hypervisorSMC(_ address: UInt, _ syndrome: UInt64) {
  Traps.skipInstruction(4)
  hypervisorHVC(address, syndrome)
}

/// Calls by HVC and SMC.
enum Calls {
  @inline(never)
  static func handle(_ address: UInt, _ syndrome: UInt64) {
    let frame = Traps.frame(address)
    // The convention has the immediate 0; others are nobody's.
    if syndrome & 0xFFFF != 0 {
      frame[0] = PSCIStatus.notSupported
      return
    }
    let virtualCPU = Current.virtualCPU
    Traps.leaveIfEnded(virtualCPU)
    switch virtualCPU.call(UInt32(truncatingIfNeeded: frame[0]), frame[1], frame[2], frame[3]) {
    case .answer(let value):
      frame[0] = value
      if value == PSCIStatus.notSupported { Health.refused(virtualCPU.domain) }
    case .standby:
      virtualCPU.waitForInterrupt()
      frame[0] = PSCIStatus.success
    case .turnOff: park()
    case .systemOff: stop(virtualCPU, "has shut down", .shutdown)
    case .systemReset:
      let restarts = EndReason.reset.restarts(under: virtualCPU.domain.record.onFault)
      stop(virtualCPU, restarts ? "asked for a reset" : "asked for a reset, which ends it: it is not restarted", .reset)
    case .firmware:
      // What was allowed is the low half (DEN0028, 2.5); the firmware shall not see another one.
      frame[0] &= 0xFFFF_FFFF
      call_firmware(UInt64(address))
    }
  }

  static func stop(_ virtualCPU: VirtualCPU<Machine>, _ why: StaticString, _ reason: EndReason) {
    let report = Current.report
    report.name(of: virtualCPU.domain)
    report.text(" ")
    report.text(why)
    report.send()
    Lifecycle.domainEnded(virtualCPU.domain, reason)
  }
}

extension VirtualCPU where H == Machine {
  /// Standby until an interrupt comes, unless one is there for the domain already.
  func waitForInterrupt() {
    if isDirect { return DirectInterrupts.wait() }
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount
    where ListRegister(rawValue: hardware.listRegister(index)).isPending { return }
    wait_for_interrupt()
  }
}

/// A data abort. The frame has the register that the access names. What a load finds at a look is answered here, and a
/// store to the distributor, of which nothing is left to do behind it, goes there at once.
@c(hypervisor_data_abort)
func hypervisorDataAbort(_ address: UInt, _ syndrome: UInt64) {
  let frame = Traps.frame(address)
  let abort = AbortSyndrome(iss: UInt32(truncatingIfNeeded: syndrome))
  if abort.isPlainWord, GuestException.continuesAsItIs(read_spsr_el2()) {
    let address = Traps.abortAddress
    let virtualCPU = Current.virtualCPU
    if abort.isWrite {
      if let offset = virtualCPU.distributorWord(at: address) {
        write_elr_el2(read_elr_el2() &+ 4)
        return virtualCPU.storeDistributorWord(offset, UInt32(truncatingIfNeeded: frame[abort.register]))
      }
    } else if let value = virtualCPU.readAtOnce(address) {
      frame[abort.register] = UInt64(value)
      return write_elr_el2(read_elr_el2() &+ 4)
    }
  }
  Traps.dataAbort(frame, Syndrome(rawValue: syndrome))
}

/// MSR, MRS or a system instruction. The frame has the register that it names.
@c(hypervisor_system_register)
func hypervisorSystemRegister(_ address: UInt, _ syndrome: UInt64) {
  Traps.systemRegister(Traps.frame(address), Syndrome(rawValue: syndrome))
}

/// Everything else that is synchronous.
@c(hypervisor_trap)
func hypervisorTrap(_ syndrome: UInt64) {
  Traps.other(Syndrome(rawValue: syndrome))
}

/// Traps of a domain.
enum Traps {
  /// The registers that a vector saved.
  static func frame(_ address: UInt) -> TrapFrame {
    // Sound: a vector saved them on this CPU's stack and keeps them until the handler returns; the stack is never at 0.
    unsafe TrapFrame(UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped)
  }

  static func skipInstruction(_ length: UInt64) {
    write_elr_el2(read_elr_el2() &+ length)
    write_spsr_el2(GuestException.stateAfterInstruction(read_spsr_el2()))
  }

  /// The guest address of a translation fault (Arm DDI 0487, D19.2.59).
  static var abortAddress: UInt64 { read_hpfar_el2() << 8 & 0xF_FFFF_FFFF_F000 | read_far_el2() & 0xFFF }

  @inline(never)
  static func dataAbort(_ frame: TrapFrame, _ syndrome: Syndrome) {
    let abort = AbortSyndrome(iss: syndrome.iss)
    let virtualCPU = Current.virtualCPU
    if abort.canBeEmulated, read_spsr_el2() & (1 << 4) == 0 {
      if virtualCPU.emulate(at: abortAddress, abort, frame, console: { Current.console }) {
        skipInstruction(syndrome.instructionLength)
        return
      }
    }
    Faults.refuseAccess(virtualCPU, syndrome, abort)
  }

  static func other(_ syndrome: Syndrome) {
    if syndrome.exceptionClass == .instructionAbort {
      instructionAbort(syndrome)
    } else if syndrome.exceptionClass.isAbsentFeature {
      undefined(syndrome)
    } else {
      Faults.unexpectedTrap(Current.virtualCPU, syndrome)
    }
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

  static func systemRegister(_ frame: TrapFrame, _ syndrome: Syndrome) {
    let access = SystemRegisterAccess(iss: syndrome.iss)
    if !Machine.isGICv2, access.isSoftwareInterrupt {
      Current.virtualCPU.sendInterrupts(frame[access.register])
      skipInstruction(4)
    } else {
      otherRegister(frame, syndrome, access)
    }
  }

  @inline(never)
  static func otherRegister(_ frame: TrapFrame, _ syndrome: Syndrome, _ access: SystemRegisterAccess) {
    let domain = Current.virtualCPU.domain
    leaveIfEnded(Current.virtualCPU)
    switch SystemRegisterRule.rule(for: access) {
    case .softwareInterrupt, .ignored: if access.isRead { frame[access.register] = 0 }
    case .systemRegisterEnable: if access.isRead { frame[access.register] = 7 }
    case .identification(let index):
      let hardware = read_identification(UInt32(truncatingIfNeeded: index))
      frame[access.register] = IdentificationRegister.value(
        index, hardware: domain.identification(index, hardware: hardware),
        features: DomainFeatures(rawValue: domain.record.features))
    case .revision: frame[access.register] = read_revidr_el1()
    case .auxiliaryIdentification: frame[access.register] = read_aidr_el1()
    case .setWay:
      domain.state.ignoredSetWay.wrappingAdd(1, ordering: .relaxed)
      Health.refused(domain)
    case .undefined:
      if Current.virtualCPU.isDirect, DirectInterrupts.carryOut(access, frame, Current.virtualCPU) { break }
      undefined(syndrome)
      return
    }
    skipInstruction(4)
  }

  /// Whoever ended a domain with direct interrupts from another CPU could not tell it.
  static func leaveIfEnded(_ virtualCPU: VirtualCPU<Machine>) {
    if virtualCPU.isDirect, virtualCPU.domain.state.status.mustStop { park() }
  }

  static func undefined(_ syndrome: Syndrome) {
    let domain = Current.virtualCPU.domain
    domain.state.undefinedInstructions.wrappingAdd(1, ordering: .relaxed)
    Health.refused(domain)
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
