import GuestKit
import GuestSupport
import HostileSupport

/// The CPU interface, whichever the GIC has.
extension Surroundings {
  /// Lets every interrupt through to this CPU.
  func openInterface() {
    if isGICv2 { interrupts.enable() } else { guest_enable_cpu_interface() }
  }

  /// Forgets active priorities: ICC_AP0R0_EL1 and ICC_AP1R0_EL1, or GICC_APR0 (Arm IHI 0048, 4.4.8).
  func forgetActivePriorities() {
    if let interface = interrupts.cpuInterface {
      hostile_store32(interface + 0xD0, 0)
    } else {
      hostile_write_ap0r0(0)
      hostile_write_ap1r0(0)
    }
  }

  /// Takes an interrupt, as the guest's handler would if it had one.
  func acknowledge() -> UInt64 { isGICv2 ? UInt64(interrupts.acknowledge()) : hostile_read_iar1() }

  /// Ends what was acknowledged, or anything else.
  func end(_ acknowledged: UInt64) {
    if isGICv2 { interrupts.end(UInt32(truncatingIfNeeded: acknowledged)) } else { hostile_write_eoir1(acknowledged) }
  }

  /// Sends an SGI to both of the guest's CPUs, or to all but this one.
  func send(_ line: UInt64, toOthers: Bool) {
    if isGICv2 {
      hostile_store32(distributor.base + 0xF00, (toOthers ? 1 << 24 : 3 << 16) | line)
    } else {
      hostile_write_sgi1r((toOthers ? 1 << 40 : 3) | line << 24)
    }
  }
}
