/// The lookups of a tree, built once while its nodes are visited in order.
struct TreeIndex {
  private(set) var byPath: [String: Int] = [:]
  private(set) var byPhandle: [UInt32: Int] = [:]
  private(set) var faults: [TreeFault] = []

  mutating func add(_ node: Node, in nodes: [Node]) {
    if byPath[node.path] == nil {
      byPath[node.path] = node.index
    } else {
      faults.append(TreeFault(path: node.path, property: "name", message: "two nodes have this path"))
    }
    // `linux,phandle` is the name from before the specification; trees that have it repeat the same number.
    guard let property = node.property("phandle") ?? node.property("linux,phandle") else { return }
    guard let phandle = property.cell, phandle != 0, phandle != .max else {
      faults.append(TreeFault(path: node.path, property: property.name, message: "is no valid phandle"))
      return
    }
    guard let other = byPhandle[phandle] else {
      byPhandle[phandle] = node.index
      return
    }
    faults.append(
      TreeFault(
        path: node.path, property: property.name,
        message: "phandle \(phandle) belongs to \(nodes[other].path) as well"))
  }
}
