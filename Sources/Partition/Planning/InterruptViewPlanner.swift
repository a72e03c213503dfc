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

  /// The GICv3 that a domain of `cpuCount` CPUs sees; `nil` on a board without one.
  func interruptController(cpuCount: Int) -> VirtualInterruptController? {
    guard let controller = board.interruptController, controller.version == .three, cpuCount > 0,
      let first = controller.redistributors.first,
      let distributor = AddressRange(base: controller.distributor.base, size: Self.distributorSize),
      let redistributors = AddressRange(base: first.base, size: UInt64(cpuCount) * Self.redistributorSize)
    else { return nil }
    return VirtualInterruptController(distributor: distributor, redistributors: redistributors)
  }

  /// The virtual console at the address and interrupt of EL2's UART; `nil` without a UART that has both.
  var virtualConsole: VirtualConsole? {
    guard let console, let intid = console.intid else { return nil }
    return VirtualConsole(base: console.registers.base.roundedDown(to: Granule.page), intid: intid)
  }
}
