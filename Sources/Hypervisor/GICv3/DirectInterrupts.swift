import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The CPU of a domain that takes its interrupts at EL1 (Arm IHI 0069, 12.1.2 and 12.4.2; DDI 0487, D1.3.6). While it runs
/// EL2 gets no interrupt here: none of its own is on, nobody may `kick` this CPU, and nothing needs EL2's timer.
extension DomainHandle {
  /// Its CPU's interrupts are its own.
  var isDirect: Bool { record.flags & DomainFlags.directInterrupts != 0 }
}

enum DirectInterrupts {
  /// Right before the domain starts on this CPU: its redistributor and CPU interface as after a reset, and the physical
  /// interface instead of the virtual one.
  static func begin(_ virtualCPU: VirtualCPU<Machine>) {
    virtualCPU.cpu.setTimer(.console, nil, Machine())
    virtualCPU.beginDirectInterrupts()
    Current.console.lookAgain()
    InterruptSetup.waitForWrites(virtualCPU.cpu.record.redistributor, 1 << 3)
    // ICC_IGRPEN1_EL1 (GIC 12.2.17), ICC_CTLR_EL1 (12.2.6), ICC_BPR1_EL1 (12.2.5), ICC_PMR_EL1 (12.2.18): off and closed.
    write_icc_igrpen1_el1(0)
    write_icc_ctlr_el1(0)
    write_icc_bpr1_el1(0)
    RegisterBaseline.clearActivePriorities()
    Machine.setPriorityMask(0)
    write_ich_hcr_el2(InterfaceControl.direct)
    write_hcr_el2(read_hcr_el2() & ~routing)
  }

  /// The domain has left this CPU: EL2 takes its own interrupts again, whatever the domain did to the interface.
  static func end(_ virtualCPU: VirtualCPU<Machine>) {
    write_hcr_el2(read_hcr_el2() | routing)
    virtualCPU.endDirectInterrupts()
    // Its lines' priorities may be more urgent than what a CPU without a domain leaves out.
    virtualCPU.disableLines()
    InterruptSetup.waitForDistributor(virtualCPU.partition.table.distributor)
    let frame = Machine.privateFrame(virtualCPU.cpu.record)
    store_device32(frame + UInt64(DistributorRegister.clearEnable), .max)
    InterruptSetup.waitForWrites(virtualCPU.cpu.record.redistributor, 1 << 3)
    store_device32(frame + UInt64(DistributorRegister.clearPending), .max)
    store_device32(frame + UInt64(DistributorRegister.clearActive), .max)
    RegisterBaseline.setInterruptInterface()
    // They were there when EL2 started, or it would have refused to.
    _ = InterruptSetup.startPrivateLines(virtualCPU.cpu)
  }

  /// CPU_SUSPEND. An interrupt for EL1 need not end a wait at EL2 (DDI 0487, D1.6.2), so that it goes to EL2 meanwhile,
  /// which does not take it.
  static func wait() {
    write_hcr_el2(read_hcr_el2() | routing)
    instruction_barrier()
    wait_for_interrupt()
    write_hcr_el2(read_hcr_el2() & ~routing)
  }

  /// HCR_EL2.FMO and IMO.
  static var routing: UInt64 { RegisterBaseline.HCR.fmo | RegisterBaseline.HCR.imo }

  /// A register of the CPU interface that traps.
  ///
  /// - Returns: false if it is none, or not in that direction.
  static func carryOut(_ access: SystemRegisterAccess, _ frame: TrapFrame, _ virtualCPU: VirtualCPU<Machine>) -> Bool {
    guard let rule = InterfaceRegisterRule.rule(for: access) else { return false }
    switch (rule, access.isRead) {
    case (.priorityMask, true): frame[access.register] = read_icc_pmr_el1()
    case (.priorityMask, false): Machine.setPriorityMask(UInt32(truncatingIfNeeded: frame[access.register] & 0xFF))
    case (.runningPriority, _): frame[access.register] = read_icc_rpr_el1()
    case (.control, true): frame[access.register] = read_icc_ctlr_el1() & ~InterfaceRegisterRule.hiddenControlBits
    case (.control, false): write_icc_ctlr_el1(frame[access.register] & InterfaceRegisterRule.controlBits)
    case (.deactivate, _): deactivate(frame[access.register], virtualCPU)
    case (.noInterrupt, _): frame[access.register] = 1023
    case (.ignored, true): frame[access.register] = 0
    case (.ignored, false): break
    }
    return true
  }

  /// ICC_DIR_EL1 (GIC 12.2.9): only lines of the domain, and only where the end of an interrupt does not deactivate it:
  /// otherwise the write is not one that the architecture defines.
  static func deactivate(_ value: UInt64, _ virtualCPU: VirtualCPU<Machine>) {
    let line = UInt32(truncatingIfNeeded: value & 0xFF_FFFF)
    if virtualCPU.owns(line), read_icc_ctlr_el1() & 1 << 1 != 0 { Machine.deactivate(line) }
  }
}
