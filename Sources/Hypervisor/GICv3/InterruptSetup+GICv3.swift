import HypervisorCore
import HypervisorEntry
import ImageFormat

/// What only a GICv3 needs (Arm IHI 0069, 12.8 to 12.10).
extension InterruptSetup {
  /// Waits for register writes to take effect (GICD_CTLR.RWP, bit 31; GICR_CTLR.RWP, bit 3), within a bound.
  static func waitForWrites(_ address: UInt64, _ bit: UInt32) {
    for _ in 0..<100_000 where load_device32(address) & bit == 0 { return }
  }

  static func waitForDistributor(_ base: UInt64) { waitForWrites(base, 1 << 31) }

  /// Affinity routing.
  static func prepareDistributor(_ base: UInt64) {
    if load_device32(base) & 1 << 4 != 0 { return }
    // ARE (4) may change only while the groups are off.
    store_device32(base, 0)
    waitForDistributor(base)
    store_device32(base, 1 << 4)
  }

  /// EnableGrp1, which is bit 1 both with one security state and, as EnableGrp1A, in the non-secure view of two.
  static func enableDistributor(_ base: UInt64) {
    store_device32(base, load_device32(base) | 1 << 1)
    waitForDistributor(base)
  }

  static func send(_ line: UInt32, _ base: UInt64, to target: CPURecord) {
    store_device64(base + UInt64(DistributorRegister.route) + UInt64(line) * 8, target.affinity)
  }

  /// The calling CPU's redistributor: awake, every SGI and PPI in Group 1 and off.
  static func preparePrivateLines(_ cpu: CPUHandle, _ frame: UInt64) {
    let redistributor = cpu.record.redistributor
    let waker = redistributor + UInt64(DistributorRegister.waker)
    store_device32(waker, load_device32(waker) & ~(1 << 1))
    for _ in 0..<100_000 where load_device32(waker) & 1 << 2 == 0 { break }
    store_device32(frame + UInt64(DistributorRegister.clearEnable), .max)
    waitForWrites(redistributor, 1 << 3)
    store_device32(frame + UInt64(DistributorRegister.clearPending), .max)
    store_device32(frame + UInt64(DistributorRegister.clearActive), .max)
    store_device32(frame + UInt64(DistributorRegister.group), .max)
  }
}
