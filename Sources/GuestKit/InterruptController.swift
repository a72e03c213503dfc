import GuestSupport
import GuestTree

/// The GIC that the guest sees, for the private interrupts of the CPU that it runs on: a GICv3 (Arm IHI 0069, chapter 12)
/// or a GICv2 (Arm IHI 0048).
public struct InterruptController {
  private static var redistributorStride: UInt64 { 0x2_0000 }
  private static var sgiFrame: UInt64 { 0x1_0000 }

  /// The distributor's first address.
  public let distributor: UInt64
  /// Where the SGIs and PPIs of this CPU have their registers: on a GICv3 the redistributor's SGI_base frame, on a GICv2
  /// the distributor.
  public let privateInterrupts: UInt64
  /// GICv3: the first address of the redistributor's RD_base frame of this CPU.
  private let redistributor: UInt64
  /// GICv2: the first address of the CPU interface; `nil` on a GICv3, which has registers of the CPU for it.
  public let cpuInterface: UInt64?

  /// Finds the tree's GICv2, or its GICv3 and, by GICR_TYPER, the redistributor of this CPU; `nil` where there is neither.
  public init?(tree: Span<UInt8>) {
    let old =
      TreeSearch.find(.compatible("arm,gic-400"), in: tree)
      ?? TreeSearch.find(.compatible("arm,cortex-a15-gic"), in: tree)
    guard let node = old ?? TreeSearch.find(.compatible("arm,gic-v3"), in: tree),
      let distributor = node.registers(0, in: tree), let window = node.registers(1, in: tree)
    else { return nil }
    self.distributor = distributor.base
    if old != nil {
      redistributor = 0
      privateInterrupts = distributor.base
      cpuInterface = window.base
      return
    }
    guard let redistributor = InterruptController.redistributor(in: window) else { return nil }
    self.redistributor = redistributor
    privateInterrupts = redistributor + InterruptController.sgiFrame
    cpuInterface = nil
  }

  /// Lets interrupts through to this CPU: all groups that there are, every priority.
  public func enable() {
    if let cpuInterface {
      // GICD_CTLR, GICC_PMR and GICC_CTLR. Bit 0 of a control register is the one group that the guest sees; where it
      // sees two (bit 1), lines are in the first.
      guest_store32(distributor, 1)
      guest_store32(cpuInterface + 0x4, 0xFF)
      guest_store32(cpuInterface, 1)
      guest_synchronize()
      return
    }
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

  /// Takes the most urgent interrupt: its INTID in bits 9:0, on a GICv2 with the sender of an SGI above; 1020 and more
  /// say that there is none.
  public func acknowledge() -> UInt32 {
    guard let cpuInterface else { return guest_acknowledge_interrupt() }
    return guest_load32(cpuInterface + 0xC)
  }

  /// Ends what was acknowledged.
  public func end(_ acknowledged: UInt32) {
    if let cpuInterface {
      guest_store32(cpuInterface + 0x10, acknowledged)
    } else {
      guest_end_interrupt(acknowledged)
    }
  }

  /// What makes an SGI (INTID below 16) pending on this CPU: a value for ICC_SGI1R_EL1, or on a GICv2 for GICD_SGIR.
  public func requestToSelf(softwareInterrupt intid: UInt32) -> UInt64 {
    // TargetListFilter 2: the CPU that asks.
    if cpuInterface != nil { return UInt64(2 << 24 | intid & 0xF) }
    let affinity = guest_affinity()
    let level0 = affinity & 0xFF
    let levels = (affinity >> 8 & 0xFF) << 16 | (affinity >> 16 & 0xFF) << 32 | (affinity >> 32 & 0xFF) << 48
    return levels | (level0 >> 4) << 44 | 1 << (level0 & 0xF) | UInt64(intid & 0xF) << 24
  }

  /// Lets a private interrupt (INTID below 32) through: Group 1 on a GICv3, priority 0x80, enabled.
  public func enable(privateInterrupt intid: UInt32) {
    guard intid < 32 else { return }
    if cpuInterface == nil {
      let groups = privateInterrupts + 0x80
      guest_store32(groups, guest_load32(groups) | 1 << intid)
    }
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
