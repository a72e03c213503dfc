import HypervisorCore
import HypervisorEntry

/// The machine that EL2 runs on: every call is an instruction or two. What concerns the interrupt controller stands in
/// the folder of its version, of which an image has one.
struct Machine: Hardware {
  func load32(_ address: UInt64) -> UInt32 { load_device32(address) }
  func store32(_ address: UInt64, _ value: UInt32) { store_device32(address, value) }
  func store8(_ address: UInt64, _ value: UInt8) { store_device8(address, value) }
  func load64(_ address: UInt64) -> UInt64 { load_device64(address) }
  func store64(_ address: UInt64, _ value: UInt64) { store_device64(address, value) }

  func completeStores() { data_barrier() }

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
}
