import Board
import Ownership

/// Chooses where a domain sees its interrupt controller and its virtual console: where the board has the real ones, so
/// that the same tree works under plain QEMU.
struct InterruptViewPlanner {
  /// The board.
  let board: Board
  /// EL2's UART.
  let console: HypervisorConsole?

  /// Bytes of a GICv3 distributor (Arm IHI 0069, 12.8: one 64 KiB frame).
  private static let distributorSize: UInt64 = 64 << 10
  /// Bytes of a GICv3 redistributor without virtual LPIs (Arm IHI 0069, 12.10: two 64 KiB frames).
  private static let redistributorSize: UInt64 = 128 << 10

  /// Bytes of a GICv2 distributor (Arm IHI 0048, 4.1.2).
  private static let distributorSizeGICv2: UInt64 = 4 << 10

  /// The GIC that a domain of `cpuCount` CPUs sees; `nil` on a board without one that can be shown.
  func interruptController(cpuCount: Int) -> VirtualInterruptController? {
    guard let controller = board.interruptController, cpuCount > 0 else { return nil }
    return controller.version == .three ? gicv3(controller, cpuCount: cpuCount) : gicv2(controller)
  }

  private func gicv3(_ controller: InterruptController, cpuCount: Int) -> VirtualInterruptController? {
    guard let first = controller.redistributors.first,
      let distributor = AddressRange(base: controller.distributor.base, size: Self.distributorSize),
      let redistributors = AddressRange(base: first.base, size: UInt64(cpuCount) * Self.redistributorSize)
    else { return nil }
    return VirtualInterruptController(
      version: .three, distributor: distributor, redistributors: redistributors, cpuInterface: nil)
  }

  private func gicv2(_ controller: InterruptController) -> VirtualInterruptController? {
    guard let distributor = AddressRange(base: controller.distributor.base, size: Self.distributorSizeGICv2),
      let interface = controller.cpuInterfacePages, let virtual = controller.virtualCPUInterfacePages
    else { return nil }
    return VirtualInterruptController(
      version: .two, distributor: distributor, redistributors: nil,
      cpuInterface: MemoryRegion(physical: virtual, guest: interface))
  }

  /// The virtual console at the address and interrupt of EL2's UART; `nil` without a UART that has both.
  var virtualConsole: VirtualConsole? {
    guard let console, let intid = console.intid else { return nil }
    return VirtualConsole(base: console.registers.base.roundedDown(to: Granule.page), intid: intid)
  }
}
