/// What an open node says to its children while the tree is walked.
struct Level {
  /// Its own `#address-cells` and `#size-cells` (Devicetree Specification v0.4, section 2.3.5: 2 and 1 unless stated).
  var addressCells = 2
  var sizeCells = 1
  /// Whether its children's addresses are CPU addresses.
  var isTranslated = true
  /// How many characters of the path that is looked for lead to this node; `nil` if it lies elsewhere.
  var matchedPath: Int? = 0

  /// What stands above the root.
  init() {}

  init(
    of node: TreeNode, named name: Range<Int>, under parent: Level, isRoot: Bool, query: TreeQuery,
    in blob: Span<UInt8>
  ) {
    addressCells = Level.cells("#address-cells", of: node, in: blob) ?? 2
    sizeCells = Level.cells("#size-cells", of: node, in: blob) ?? 1
    if !isRoot {
      let ranges = node.property("ranges", in: blob)
      isTranslated = parent.isTranslated && ranges != nil && ranges?.count == 0
    }
    matchedPath = isRoot ? 0 : Level.step(query, from: parent.matchedPath, to: name, in: blob)
  }

  private static func cells(_ name: StaticString, of node: TreeNode, in blob: Span<UInt8>) -> Int? {
    node.cell(0, of: name, in: blob).map { Int($0) }
  }

  /// How far the path leads when it goes on to a child of this name.
  private static func step(
    _ query: TreeQuery, from matched: Int?, to name: Range<Int>, in blob: Span<UInt8>
  ) -> Int? {
    guard let matched else { return nil }
    var position = matched
    guard character(position, of: query, in: blob) == UInt8(ascii: "/") else { return nil }
    position += 1
    var index = name.lowerBound
    while index < name.upperBound {
      guard character(position, of: query, in: blob) == blob[index] else { return nil }
      position += 1
      index += 1
    }
    let following = character(position, of: query, in: blob)
    return following == nil || following == UInt8(ascii: "/") ? position : nil
  }

  /// A character of the path that is looked for; `nil` behind its end or where the query has none.
  private static func character(_ position: Int, of query: TreeQuery, in blob: Span<UInt8>) -> UInt8? {
    switch query {
    case .path(let path):
      return position < path.count ? blob[path.lowerBound + position] : nil
    case .fixedPath(let path):
      return position < path.utf8CodeUnitCount ? unsafe path.utf8Start[position] : nil
    case .compatible, .deviceType, .labelled: return nil
    }
  }

  /// Whether this node is the one.
  func isMatch(_ query: TreeQuery, _ node: TreeNode, in blob: Span<UInt8>) -> Bool {
    switch query {
    case .path(let path): return matchedPath == path.count
    case .fixedPath(let path): return matchedPath == path.utf8CodeUnitCount
    case .compatible(let compatible):
      return node.lists(compatible, in: "compatible", of: blob) && node.isEnabled(in: blob)
    case .deviceType(let type):
      return node.lists(type, in: "device_type", of: blob) && node.isEnabled(in: blob)
    case .labelled(let label, let compatible):
      return node.lists(compatible, in: "compatible", of: blob) && node.lists(label, in: "label", of: blob)
        && node.isEnabled(in: blob)
    }
  }
}
