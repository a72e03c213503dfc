import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The registers of a GICv2's CPU interface and virtual interface control; "GIC" is IHI 0048, issue B.
extension RegisterBaseline {
  /// The CPU interface of EL2. GICC_CTLR (GIC 4.4.1): Enable (0) and EOImode (9; in the non-secure view EOImodeNS), so that
  /// the end of an interrupt at EL2 leaves it active for the domain to deactivate. No bypass (6:5 are 0 where the
  /// interface is off, and the controller is on). GICC_BPR (4.4.3): no preemption, which EL2 could not have anyway.
  /// GICC_APR<n>: no active priority, or an interrupt that a boot loader never ended would hold back all others.
  static func setInterruptInterface() {
    holdBackDomainLines()
    store_device32(Machine.interface + Machine.Interface.binaryPoint, 7)
    for word in 0..<UInt64(4) {
      store_device32(Machine.interface + Machine.Interface.activePriorities + word * 4, 0)
    }
    store_device32(Machine.interface + Machine.Interface.control, 1 << 9 | 1)
    // CNTHP_CTL_EL2 (DDI 0487, D19.12.16): EL2's timer is off until the console needs it, whatever firmware left.
    write_cnthp_ctl_el2(0)
  }

  /// An empty virtual interface (GIC 5.3): no list register, no active priority; GICH_VMCR 0, so groups off and priority
  /// mask closed in GICV; and on for the domain.
  static func resetVirtualInterface(listRegisters: Int) {
    for index in 0..<listRegisters { Machine().setListRegister(index, 0) }
    store_device32(Machine.virtual + Machine.Virtual.activePriorities, 0)
    store_device32(Machine.virtual + Machine.Virtual.machineControl, 0)
    Machine().setInterfaceControl(InterfaceControl.enabled)
  }

  /// The domain's CPU interface is GICV, which was just reset.
  static func resetDomainInterface() {}

  /// A GICv2 tells its CPUs of virtual interrupts by itself; a rule refuses a board where it does not.
  static func beginSignalling(_ table: PartitionTable) {}
  static func endSignalling() {}
}
