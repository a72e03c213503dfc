import Board
import DeviceTree
import Partition

/// The root, without children.
enum RootNode {
  /// The board's `compatible` stays behind ours: drivers look there for what is special about a board.
  static func node(_ domain: DomainPlan, _ board: Board, gic: UInt32) -> TreeNode {
    var root = TreeNode("")
    let model = board.tree.root.property("model")?.string ?? board.name
    root.set("model", "\(model), domain \(domain.name)")
    root.set("compatible", strings: ["bulkhead,domain"] + board.tree.root.compatible)
    root.set("#address-cells", cells: [2])
    root.set("#size-cells", cells: [2])
    root.set("interrupt-parent", cells: [gic])
    return root
  }
}
