import Board
import DeviceTree
import Partition

/// The root, without children.
enum RootNode {
  /// The board's `model` and `compatible` come first: drivers look there for what is special about a board.
  static func node(_ domain: DomainPlan, _ board: Board, gic: UInt32) -> TreeNode {
    var root = TreeNode("")
    root.set("model", board.tree.root.property("model")?.string ?? board.name)
    root.set("compatible", strings: board.tree.root.compatible + ["bulkhead,domain"])
    root.set("#address-cells", cells: [2])
    root.set("#size-cells", cells: [2])
    root.set("interrupt-parent", cells: [gic])
    return root
  }
}
