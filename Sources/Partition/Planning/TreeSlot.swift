import Board
import Ownership

/// How much memory is kept for a domain's generated device tree.
enum TreeSlot {
  /// A tree without devices: 64 KiB are several times what CPUs, memory, GIC, timer, console and channels need, and
  /// leave room for a boot loader's or developer's additions.
  static let base: UInt64 = 64 << 10
  /// Linux maps no larger tree (Documentation/arch/arm64/booting.rst, “Setup the device tree”).
  static let largest: UInt64 = Granule.block2MiB

  /// Bytes for the tree of a domain with `devices` devices: with any, as much again as the board's own tree, of which
  /// every copied node is a part.
  static func size(devices: Int, board: Board) -> UInt64 {
    guard devices > 0, let copied = UInt64(board.tree.blob.count).roundedUp(to: base) else { return base }
    return min(base + copied, largest)
  }
}
