import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The registers of a GICv3's CPU interface; "GIC" is IHI 0069, issue H.
extension RegisterBaseline {
  /// ICC_SRE_EL2 (GIC 12.2.24), without which no other register of the interface is there: SRE (0), DFB (1) and DIB (2),
  /// so system registers and no bypass. Enable (3) is 0: a domain cannot change its own SRE, nor through ICC_SRE_EL1 the
  /// bypass of EL2.
  static func useSystemRegisters() {
    write_icc_sre_el2(7)
    instruction_barrier()
  }

  /// The CPU interface of EL2. ICC_CTLR_EL1 (GIC 12.2.6): EOImode (1), so that the end of an interrupt at EL2 leaves it
  /// active for the domain to deactivate. ICC_BPR1_EL1 (12.2.5): no preemption, which EL2 could not have anyway.
  static func setInterruptInterface() {
    useSystemRegisters()
    write_icc_ctlr_el1(1 << 1)
    holdBackDomainLines()
    write_icc_bpr1_el1(7)
    clearActivePriorities()
    write_icc_igrpen1_el1(1)
    // CNTHP_CTL_EL2 (DDI 0487, D19.12.16): EL2's timer is off until the console needs it, whatever firmware left.
    write_cnthp_ctl_el2(0)
  }

  /// ICC_AP1R<n>_EL1: no active priority, or an interrupt that a boot loader never ended would hold back all
  /// others. ICC_CTLR_EL1.PRIbits (10:8) is one less than the bits of a priority, and there is a register for 32 levels.
  static func clearActivePriorities() {
    let priorityBits = read_icc_ctlr_el1() >> 8 & 7 + 1
    write_icc_ap1r0_el1(0)
    if priorityBits > 5 { write_icc_ap1r1_el1(0) }
    if priorityBits > 6 {
      write_icc_ap1r2_el1(0)
      write_icc_ap1r3_el1(0)
    }
    instruction_barrier()
  }

  /// An empty virtual interface (GIC 12.4): no list register, no active priority, groups off, priority mask closed, and
  /// on for the domain.
  static func resetVirtualInterface(listRegisters: Int) {
    for index in 0..<listRegisters { write_list_register(UInt32(index), 0) }
    // ICH_VTR_EL2.PREbits (28:26): 32 preemption levels for each active priority register.
    let preemptionBits = read_ich_vtr_el2() >> 26 & 7
    write_ich_ap0r0_el2(0)
    write_ich_ap1r0_el2(0)
    if preemptionBits > 4 {
      write_ich_ap0r1_el2(0)
      write_ich_ap1r1_el2(0)
    }
    if preemptionBits > 5 {
      write_ich_ap0r2_el2(0)
      write_ich_ap1r2_el2(0)
      write_ich_ap0r3_el2(0)
      write_ich_ap1r3_el2(0)
    }
    write_ich_vmcr_el2(0)
    write_ich_hcr_el2(InterfaceControl.enabled)
  }

  /// ICC_SRE_EL1 (GIC 12.2.23): what a domain reads there (SystemRegisterRule).
  static func resetDomainInterface() { write_icc_sre_el1(7) }

  /// HCR_EL2.VI on a machine whose GIC does not tell the CPU of virtual interrupts.
  static func beginSignalling(_ table: PartitionTable) {
    if table.machineFlags & MachineFlags.signalsVirtualInterrupts != 0 { signal_virtual_interrupt() }
  }

  /// What that may have set would end every wait at once.
  static func endSignalling() { write_hcr_el2(read_hcr_el2() & ~(1 << 7)) }
}
