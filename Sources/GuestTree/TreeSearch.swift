/// Finds nodes in a flattened tree without a heap: one pass over the blob, with a fixed depth.
///
/// A malformed tree ends the search as if the node were not there; nodes deeper than `depthLimit` are not looked at.
public enum TreeSearch {
  /// How many nodes may lie between the root and the node looked for, the root included.
  static var depthLimit: Int { 16 }

  /// The first node, in the order of the blob, that the query means.
  public static func find(_ query: TreeQuery, in blob: Span<UInt8>) -> TreeNode? {
    guard var walker = TreeWalker(blob) else { return nil }
    var levels = InlineArray<16, Level>(repeating: Level())
    var depth = 0
    while let token = walker.next(in: blob) {
      switch token {
      case .property: continue
      case .end:
        guard depth > 0 else { return nil }
        depth -= 1
      case .begin(let name):
        depth += 1
        guard depth <= depthLimit else { continue }
        let parent = depth == 1 ? Level() : levels[depth - 2]
        let node = TreeNode(
          properties: walker, addressCells: parent.addressCells, sizeCells: parent.sizeCells,
          isTranslated: parent.isTranslated)
        let level = Level(of: node, named: name, under: parent, isRoot: depth == 1, query: query, in: blob)
        if level.isMatch(query, node, in: blob) { return node }
        levels[depth - 1] = level
      }
    }
    return nil
  }

  /// The node that `stdout-path` in `/chosen` means, by path or by alias; options after a colon are left aside.
  public static func console(in blob: Span<UInt8>) -> TreeNode? {
    guard let chosen = find(.fixedPath("/chosen"), in: blob),
      let value = chosen.property("stdout-path", in: blob), let name = reference(in: value, of: blob)
    else { return nil }
    if blob[name.lowerBound] == UInt8(ascii: "/") { return find(.path(name), in: blob) }
    guard let aliases = find(.fixedPath("/aliases"), in: blob) else { return nil }
    var walker = aliases.properties
    while case .property(let alias, let target) = walker.next(in: blob) {
      guard blob.matches(alias, name), let path = reference(in: target, of: blob) else { continue }
      return find(.path(path), in: blob)
    }
    return nil
  }

  /// The first string of a property up to a colon; `nil` if it is empty.
  private static func reference(in value: Range<Int>, of blob: Span<UInt8>) -> Range<Int>? {
    guard let string = blob.string(at: value.lowerBound), string.upperBound < value.upperBound else { return nil }
    var end = string.lowerBound
    while end < string.upperBound, blob[end] != UInt8(ascii: ":") { end += 1 }
    return end > string.lowerBound ? string.lowerBound..<end : nil
  }
}
