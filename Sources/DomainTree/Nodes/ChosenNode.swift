import Board
import DeviceTree
import Partition

/// `/chosen`: what a boot loader would tell the domain (devicetree specification, 3.6; Linux booting.rst).
enum ChosenNode {
  /// Command line, console and initrd, as far as there are any.
  ///
  /// `console` is the console's alias. Its rate and format are the board's, which its UART is set to already.
  static func node(_ domain: DomainPlan, _ board: Board, console: String?) -> TreeNode {
    var chosen = TreeNode("chosen")
    if let line = domain.declaration.commandLine?.value { chosen.set("bootargs", line) }
    if let console { chosen.set("stdout-path", "\(console):\(options(board) ?? "115200n8")") }
    if let initrd = domain.payloads.first(where: { $0.role == .initrd }) {
      chosen.set("linux,initrd-start", numbers: [initrd.guest.base])
      chosen.set("linux,initrd-end", numbers: [initrd.guest.base &+ initrd.fileSize])
    }
    return chosen
  }

  /// What stands behind the colon of the board's own `stdout-path`.
  private static func options(_ board: Board) -> String? {
    let path = board.tree.node(at: "/chosen")?.property("stdout-path")?.string
    let parts = path?.split(separator: ":", maxSplits: 1) ?? []
    return parts.count == 2 ? String(parts[1]) : nil
  }
}
