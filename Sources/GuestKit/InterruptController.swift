import GuestSupport
import GuestTree

/// The GICv3 that the guest sees, for the private interrupts of the CPU that it runs on (Arm IHI 0069, chapter 12).
public struct InterruptController {
  private static var redistributorStride: UInt64 { 0x2_0000 }
  private static var sgiFrame: UInt64 { 0x1_0000 }

  /// The distributor's first address.
  public let distributor: UInt64
  /// The first address of the redistributor's SGI_base frame of this CPU.
  public let privateInterrupts: UInt64
  /// The first address of the redistributor's RD_base frame of this CPU.
  private let redistributor: UInt64

  /// Finds the tree's GICv3 and, by GICR_TYPER, the redistributor of this CPU; `nil` where there is none.
  public init?(tree: Span<UInt8>) {
    guard let node = TreeSearch.find(.compatible("arm,gic-v3"), in: tree),
      let distributor = node.registers(0, in: tree), let window = node.registers(1, in: tree),
      let redistributor = InterruptController.redistributor(in: window)
    else { return nil }
    self.distributor = distributor.base
    self.redistributor = redistributor
    privateInterrupts = redistributor + InterruptController.sgiFrame
  }

  /// Turns on Group 1 in the distributor, wakes the redistributor and opens the CPU interface.
  public func enable() {
    let affinityRouting: UInt32 = 1 << 4
    let group1: UInt32 = 1 << 1
    guest_store32(distributor, affinityRouting)
    guest_store32(distributor, affinityRouting | group1)

    let waker = redistributor + 0x14
    let processorSleep: UInt32 = 1 << 1
    let childrenAsleep: UInt32 = 1 << 2
    guest_store32(waker, guest_load32(waker) & ~processorSleep)
    var remaining = 1_000_000
    while guest_load32(waker) & childrenAsleep != 0, remaining > 0 { remaining -= 1 }
    guest_enable_cpu_interface()
  }

  /// Lets a private interrupt (INTID below 32) through: Group 1, priority 0x80, enabled.
  public func enable(privateInterrupt intid: UInt32) {
    guard intid < 32 else { return }
    let groups = privateInterrupts + 0x80
    guest_store32(groups, guest_load32(groups) | 1 << intid)
    let priorities = privateInterrupts + 0x400 + UInt64(intid & ~3)
    let shift = (intid & 3) * 8
    guest_store32(priorities, guest_load32(priorities) & ~(0xFF << shift) | 0x80 << shift)
    guest_store32(privateInterrupts + 0x100, 1 << intid)
    guest_synchronize()
  }

  /// GICR_TYPER holds the affinity in its upper half and says by bit 4 which redistributor is the window's last.
  private static func redistributor(in window: TreeRegisters) -> UInt64? {
    let affinity = guest_affinity()
    let expected = UInt32(truncatingIfNeeded: affinity & 0xFF_FFFF | (affinity >> 32 & 0xFF) << 24)
    var offset: UInt64 = 0
    while offset + redistributorStride <= window.size {
      let frame = window.base + offset
      if guest_load32(frame + 0xC) == expected { return frame }
      if guest_load32(frame + 0x8) & 1 << 4 != 0 { return nil }
      offset += redistributorStride
    }
    return nil
  }
}
