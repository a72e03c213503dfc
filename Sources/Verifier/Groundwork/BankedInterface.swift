import Board
import Ownership

/// A GICv2's virtual CPU interface (GICV), which the hardware has once for each CPU: a domain that is given it reaches its
/// own CPUs' alone (Arm IHI 0048B, 5.1). It is shown where the board has the physical interface (GICC).
struct BankedInterface: Sendable {
  /// The two pages of GICV.
  let physical: AddressRange
  /// The guest addresses at which they stand: the two pages of GICC.
  let guest: AddressRange

  /// `nil` on a board without a GICv2, or without the pages of both.
  init?(_ board: Board) {
    guard let controller = board.interruptController, controller.version == .two,
      let physical = controller.virtualCPUInterfacePages, let guest = controller.cpuInterfacePages
    else { return nil }
    self.physical = physical
    self.guest = guest
  }
}
