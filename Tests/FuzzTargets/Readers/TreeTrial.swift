import Board
import DeviceTree

/// Flattened device trees, and what a board's reader makes of them.
enum TreeTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let tree = try? DeviceTree(blob: bytes) else { return }
    try walk(tree)
    try again(tree)
    let board = Board.read(name: "generic", tree: tree, treeFile: "fuzz.dtb", description: .generic)
    for device in board.devices {
      try require(tree.node(at: device.path) != nil, "the board has a device at \(device.path), and the tree has not")
    }
  }

  /// Every node is found where it stands, and every question about it has an answer.
  private static func walk(_ tree: DeviceTree) throws(Mismatch) {
    for (index, node) in tree.nodes.enumerated() {
      try require(node.index, is: index, "\(node.path): its index")
      try require(node.parent ?? -1, is: tree.parent(of: node)?.index ?? -1, "\(node.path): its parent")
      try require((node.parent ?? -1) < index, "\(node.path): its parent stands before it")
      try require(node.parent == nil, is: index == 0, "\(node.path): only the root has no parent")
      for child in tree.children(of: node) { try require(child.parent ?? -1, is: index, "\(child.path): its parent") }
      try require(tree.chain(from: node).last?.index ?? -1, is: 0, "\(node.path): the chain above ends at the root")
      try require((index + 1...tree.nodes.count).contains(tree.endOfSubtree(of: node)), "\(node.path): its subtree")
      if tree.faults.isEmpty { try require(tree.node(at: node.path)?.index ?? -1, is: index, "\(node.path): by path") }
      if let phandle = node.phandle, tree.faults.isEmpty, let found = tree.node(phandle: phandle) {
        try require(found.index, is: index, "\(node.path): by phandle")
      }
      _ = tree.registers(of: node)
      _ = tree.dmaView(of: node)
      _ = tree.interrupts(of: node)
      _ = tree.references(of: node)
      if tree.isPCIHost(node) { _ = tree.pciWindows(of: node) }
    }
  }

  /// Written again, the tree has the same nodes with the same properties.
  private static func again(_ tree: DeviceTree) throws(Mismatch) {
    var made: [TreeNode] = tree.nodes.map { TreeNode($0.name) }
    for (index, node) in tree.nodes.enumerated().reversed() {
      // A name that stands twice in a node is kept once.
      guard Set(node.properties.map(\.name)).count == node.properties.count else { return }
      for property in node.properties { made[index].set(property) }
      made[index].children = node.children.map { made[$0] }
    }
    guard let root = made.first, let blob = try? root.flattened() else { return }
    guard let again = try? DeviceTree(blob: blob) else {
      throw Mismatch("a tree that was read is refused when written again")
    }
    try require(again.nodes.map(\.path), is: tree.nodes.map(\.path), "the nodes of the tree written again")
    for (old, new) in zip(tree.nodes, again.nodes) {
      try require(new.properties, is: old.properties, "\(old.path): the properties of the tree written again")
    }
  }
}
