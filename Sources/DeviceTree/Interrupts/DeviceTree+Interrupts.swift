extension DeviceTree {
  /// The interrupts of one node. For many nodes of a tree, one `InterruptResolver` is faster.
  public func interrupts(of node: Node) -> Interrupts {
    var resolver = InterruptResolver(self)
    return resolver.interrupts(of: node)
  }

  /// The node that a node's `interrupts` are written for (devicetree specification v0.4, section 2.4): the nearest
  /// `interrupt-parent` of the node and those above it, or the first of those above that has `#interrupt-cells`;
  /// nodes on this way without `#interrupt-cells` hand it on to their own parents.
  public func interruptParent(of node: Node) -> Node? {
    var child = node
    // A damaged tree may lead in circles; every node is passed at most once.
    for _ in nodes.indices {
      let next =
        child.property("interrupt-parent").map { $0.cell.flatMap { self.node(phandle: $0) } } ?? parent(of: child)
      guard let next else { return nil }
      if next.has("#interrupt-cells") { return next }
      child = next
    }
    return nil
  }

  /// `#interrupt-cells`, if there are between one and eight.
  func interruptCells(of node: Node) -> Int? {
    guard let cells = node.property("#interrupt-cells")?.cell, (1...8).contains(cells) else { return nil }
    return Int(cells)
  }

  /// The first cells of `reg`, as many as an address has on the node's bus; what interrupt maps compare.
  func unitAddress(of node: Node) -> [UInt32] {
    guard let parent = node.parent, let cells = node.property("reg")?.cells else { return [] }
    return Array(cells.prefix(buses[parent].addressCells))
  }

  /// A node's list of interrupts, cut into specifiers.
  func interruptList(of node: Node) -> (property: String, items: [InterruptListItem], faults: [TreeFault]) {
    if let extended = node.property("interrupts-extended") {
      let list = extendedList(extended, of: node)
      return (extended.name, list.items, list.faults)
    }
    guard let property = node.property("interrupts") else { return ("interrupts", [], []) }
    func fault(_ message: String) -> (String, [InterruptListItem], [TreeFault]) {
      ("interrupts", [], [TreeFault(path: node.path, property: "interrupts", message: message)])
    }
    guard let parent = interruptParent(of: node) else { return fault("has no interrupt parent") }
    guard let width = interruptCells(of: parent) else {
      return fault("is written for \(parent.path), whose #interrupt-cells is not one number from 1 to 8")
    }
    guard let cells = property.cells, cells.count / width <= TreeLimits.listEntries else {
      return fault("has \(property.value.count) bytes, which is no list of cells that an interrupt list could be")
    }
    let whole = cells.count / width
    let items = (0..<whole).map {
      InterruptListItem(parent: parent.index, specifier: Array(cells[$0 * width..<($0 + 1) * width]))
    }
    guard cells.count == whole * width else {
      let message = "has \(cells.count) cells, which is no multiple of the \(width) that \(parent.path) wants"
      return ("interrupts", items, [TreeFault(path: node.path, property: "interrupts", message: message)])
    }
    return ("interrupts", items, [])
  }

  private func extendedList(
    _ property: Property, of node: Node
  ) -> (items: [InterruptListItem], faults: [TreeFault]) {
    var items: [InterruptListItem] = []
    func fault(_ message: String) -> (items: [InterruptListItem], faults: [TreeFault]) {
      (items, [TreeFault(path: node.path, property: property.name, message: message)])
    }
    guard let cells = property.cells else { return fault("is no list of cells") }
    var rest = CellReader(cells[...])
    while let phandle = rest.next() {
      // A phandle of 0 keeps the place of an interrupt that is not there.
      if phandle == 0 { continue }
      guard let parent = self.node(phandle: phandle), let width = interruptCells(of: parent) else {
        return fault("entry \(items.count) names \(hexadecimal(phandle)), which is no interrupt controller's phandle")
      }
      guard rest.remaining >= width else { return fault("ends in the middle of entry \(items.count)") }
      guard items.count < TreeLimits.listEntries else {
        return fault("has more than \(TreeLimits.listEntries) entries")
      }
      items.append(InterruptListItem(parent: parent.index, specifier: Array(rest.take(width))))
    }
    return (items, [])
  }

}
