import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// What only a GICv2 needs (Arm IHI 0048, 4.3). In the non-secure view of a GIC with two security states every line that
/// can be seen is Group 1, and bit 0 of the control registers lets it through; with one state the same bit is Group 0's,
/// so that is where every line goes there. GICD_IGROUPR is zero in both cases.
extension InterruptSetup {
  /// A GICv2 has no sign that writes have taken effect; each read of the distributor comes after them.
  static func waitForDistributor(_ base: UInt64) { _ = load_device32(base) }

  /// Off while it is set up.
  static func prepareDistributor(_ base: UInt64) { store_device32(base, 0) }

  static func enableDistributor(_ base: UInt64) { store_device32(base, 1) }

  static func send(_ line: UInt32, _ base: UInt64, to target: CPURecord) {
    store_device8(
      base + UInt64(DistributorRegister.targets) + UInt64(line), UInt8(truncatingIfNeeded: target.interfaceMask))
  }

  /// The calling CPU's SGIs and PPIs: off, not pending, not active. Where only one CPU is, the GIC does not number it
  /// (4.3.12), and every mask is ignored.
  static func preparePrivateLines(_ cpu: CPUHandle, _ frame: UInt64) {
    cpu.state.interfaceMask.store(
      load_device32(frame + UInt64(DistributorRegister.targets)) & 0xFF, ordering: .relaxed)
    store_device32(frame + UInt64(DistributorRegister.group), 0)
    store_device32(frame + UInt64(DistributorRegister.clearEnable), .max)
    store_device32(frame + UInt64(DistributorRegister.clearPending), .max)
    store_device32(frame + UInt64(DistributorRegister.clearActive), .max)
    for word in 0..<UInt64(4) {
      store_device32(frame + UInt64(DistributorRegister.clearSenders) + word * 4, .max)
    }
  }
}
