extension DeviceTree {
  /// What a node refers to by phandle, its interrupts excepted (`interrupts(of:)` follows those).
  public func references(of node: Node) -> References {
    var result = References()
    // These name nodes by path, and properties there are anybody's words.
    if node.parent == root.index, ["aliases", "chosen", "__symbols__"].contains(node.name) { return result }
    for property in node.properties {
      guard let (kind, form) = ReferenceTable.entry(for: property.name, in: node) else {
        if looksLikeReference(property, in: node) { result.suspects.append(property.name) }
        continue
      }
      read(property, of: node, kind: kind, form: form, into: &result)
    }
    return result
  }

  private func read(
    _ property: Property, of node: Node, kind: ReferenceKind, form: ReferenceForm, into result: inout References
  ) {
    func fault(_ message: String) {
      result.faults.append(TreeFault(path: node.path, property: property.name, message: message))
    }
    guard let cells = property.cells else { return fault("is no list of cells") }
    var rest = CellReader(cells[...])
    var index = 0
    while rest.remaining > 0 {
      guard index < TreeLimits.listEntries else { return fault("has more than \(TreeLimits.listEntries) entries") }
      let input = form == .map ? rest.next() : nil
      guard let phandle = rest.next() else { return fault("ends in the middle of entry \(index)") }
      defer { index += 1 }
      // A phandle of 0 (some tools write all ones) keeps the place of a reference that is not there.
      if phandle == 0 || phandle == .max, form != .map { continue }
      guard let target = self.node(phandle: phandle) else {
        return fault("entry \(index) names \(hexadecimal(phandle)), which is no node's phandle")
      }
      guard let width = form.width(at: target, remaining: rest.remaining) else {
        return fault("entry \(index) names \(target.path), which does not say how many cells belong to a reference")
      }
      guard rest.remaining >= width else { return fault("ends in the middle of entry \(index)") }
      result.entries.append(
        Reference(
          kind: kind, property: property.name, index: index, target: target.path,
          specifier: (input.map { [$0] } ?? []) + rest.take(width)))
    }
  }

  /// Whether the value of a property that the table does not know starts with a phandle of this tree, and nothing in
  /// the property's name speaks for a plain number.
  private func looksLikeReference(_ property: Property, in node: Node) -> Bool {
    if property.name == "gpios", node.has("gpio-hog") { return false }
    guard property.value.count >= 4, property.value.count.isMultiple(of: 4), property.value.count <= 64 else {
      return false
    }
    let first = property.value[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard let target = indexOfNode(phandle: first), target != node.index else { return false }
    return !PlainProperties.contains(property.name)
  }
}

extension ReferenceForm {
  /// Cells behind a phandle of `target`; `nil` if the target does not say.
  fileprivate func width(at target: Node, remaining: Int) -> Int? {
    switch self {
    case .counted(let name): target.property(name)?.cell.flatMap { $0 <= 64 ? Int($0) : nil }
    case .countedOrBare(let name):
      target.has(name) ? target.property(name)?.cell.flatMap { $0 <= 64 ? Int($0) : nil } : 0
    case .fixed(let count): count
    case .bare: 0
    case .leading: remaining
    case .map: 2
    }
  }
}
