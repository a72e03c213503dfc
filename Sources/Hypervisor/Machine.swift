import HypervisorCore
import HypervisorEntry

/// The machine that EL2 runs on: every call is an instruction or two.
struct Machine: Hardware {
  func load32(_ address: UInt64) -> UInt32 { load_device32(address) }
  func store32(_ address: UInt64, _ value: UInt32) { store_device32(address, value) }
  func load64(_ address: UInt64) -> UInt64 { load_device64(address) }
  func store64(_ address: UInt64, _ value: UInt64) { store_device64(address, value) }

  func listRegister(_ index: Int) -> UInt64 { read_list_register(UInt32(truncatingIfNeeded: index)) }
  func setListRegister(_ index: Int, _ value: UInt64) {
    // The first one is the usual one, by a constant index.
    if index == 0 { return write_ich_lr0_el2(value) }
    write_list_register(UInt32(truncatingIfNeeded: index), value)
  }
  var emptyListRegisters: UInt32 { UInt32(truncatingIfNeeded: read_ich_elrsr_el2()) }
  func setInterfaceControl(_ value: UInt64) { write_ich_hcr_el2(value) }

  func kick(affinity: UInt64) {
    data_barrier_stores()
    write_icc_sgi1r_el1(Self.interruptRequest(Self.kickLine, affinity: affinity))
    instruction_barrier()
  }

  var counter: UInt64 { read_cntpct_el0() }

  func setTimer(_ deadline: UInt64?) {
    if let deadline {
      write_cnthp_cval_el2(deadline)
      write_cnthp_ctl_el2(1)
    } else {
      write_cnthp_ctl_el2(0)
      instruction_barrier()
    }
  }

  /// EL2's own SGI.
  static var kickLine: UInt32 { 0 }

  /// ICC_SGI1R_EL1 for one CPU (Arm IHI 0069, 12.2.19): its Aff0 is bit Aff0 % 16 of the list, in range Aff0 / 16.
  static func interruptRequest(_ line: UInt32, affinity: UInt64) -> UInt64 {
    let aff0 = affinity & 0xFF
    return (affinity >> 32 & 0xFF) << 48 | (aff0 >> 4) << 44 | (affinity >> 16 & 0xFF) << 32
      | UInt64(line) << 24 | (affinity >> 8 & 0xFF) << 16 | 1 << (aff0 & 15)
  }
}
