/// The devices of a flattened tree.
public enum TreeDevices {
  /// Calls `body` with the name and the first registers of every enabled node that is `compatible` with something and
  /// has registers at CPU addresses, in the order of the blob. What controls interrupts is left out, and a malformed tree
  /// ends the visit.
  public static func visit(in blob: Span<UInt8>, _ body: (Range<Int>, TreeRegisters) -> Void) {
    guard var walker = TreeWalker(blob) else { return }
    // Nothing is looked for: the levels only follow how addresses are written and translated.
    let query = TreeQuery.compatible("")
    var levels = InlineArray<16, Level>(repeating: Level())
    var depth = 0
    while let token = walker.next(in: blob) {
      switch token {
      case .property: continue
      case .end:
        guard depth > 0 else { return }
        depth -= 1
      case .begin(let name):
        depth += 1
        guard depth <= TreeSearch.depthLimit else { continue }
        let parent = depth == 1 ? Level() : levels[depth - 2]
        let node = TreeNode(
          properties: walker, addressCells: parent.addressCells, sizeCells: parent.sizeCells,
          isTranslated: parent.isTranslated)
        levels[depth - 1] = Level(of: node, named: name, under: parent, isRoot: depth == 1, query: query, in: blob)
        if isDevice(node, in: blob), let registers = node.registers(0, in: blob) { body(name, registers) }
      }
    }
  }

  private static func isDevice(_ node: TreeNode, in blob: Span<UInt8>) -> Bool {
    node.property("compatible", in: blob) != nil && node.property("interrupt-controller", in: blob) == nil
      && node.isEnabled(in: blob)
  }
}
