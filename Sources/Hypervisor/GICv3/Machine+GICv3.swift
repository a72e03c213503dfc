import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The CPU interface of a GICv3: system registers (Arm IHI 0069, chapter 12).
extension Machine {
  static var isGICv2: Bool { false }

  func listRegister(_ index: Int) -> UInt64 { read_list_register(UInt32(truncatingIfNeeded: index)) }
  func setListRegister(_ index: Int, _ value: UInt64) {
    // The first one is the usual one, by a constant index.
    if index == 0 { return write_ich_lr0_el2(value) }
    write_list_register(UInt32(truncatingIfNeeded: index), value)
  }
  var emptyListRegisters: UInt32 { UInt32(truncatingIfNeeded: read_ich_elrsr_el2()) }
  func setInterfaceControl(_ value: UInt64) { write_ich_hcr_el2(value) }

  func kick(_ cpu: CPURecord) {
    data_barrier_stores()
    write_icc_sgi1r_el1(Self.interruptRequest(Self.kickLine, affinity: cpu.affinity))
    instruction_barrier()
  }

  /// How many list registers there are (ICH_VTR_EL2.ListRegs).
  static var listRegisterCount: UInt32 { UInt32(truncatingIfNeeded: read_ich_vtr_el2() & 0x1F) + 1 }

  /// Takes the most urgent interrupt: what ICC_IAR1_EL1 says.
  @inline(__always)
  static func acknowledge() -> UInt32 { UInt32(truncatingIfNeeded: read_icc_iar1_el1()) }

  /// The INTID in what was acknowledged.
  @inline(__always)
  static func line(_ acknowledged: UInt32) -> UInt32 { acknowledged }

  /// Lets other interrupts of the same priority come again.
  @inline(__always)
  static func dropPriority(_ acknowledged: UInt32) { write_icc_eoir1_el1(UInt64(acknowledged)) }

  /// Lets the interrupt itself come again.
  static func deactivate(_ acknowledged: UInt32) { write_icc_dir_el1(UInt64(acknowledged)) }

  /// Only interrupts of a more urgent priority come to this CPU.
  static func setPriorityMask(_ mask: UInt32) { write_icc_pmr_el1(UInt64(mask)) }

  /// Where the SGIs and PPIs of a CPU have their registers.
  static func privateFrame(_ cpu: CPURecord) -> UInt64 {
    cpu.redistributor + UInt64(DistributorRegister.interruptFrame)
  }

  /// ICC_SGI1R_EL1 for one CPU (Arm IHI 0069, 12.2.19): its Aff0 is bit Aff0 % 16 of the list, in range Aff0 / 16.
  static func interruptRequest(_ line: UInt32, affinity: UInt64) -> UInt64 {
    let aff0 = affinity & 0xFF
    return (affinity >> 32 & 0xFF) << 48 | (aff0 >> 4) << 44 | (affinity >> 16 & 0xFF) << 32
      | UInt64(line) << 24 | (affinity >> 8 & 0xFF) << 16 | 1 << (aff0 & 15)
  }
}
