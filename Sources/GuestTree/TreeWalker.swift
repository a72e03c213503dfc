/// Steps through the structure block of a flattened tree, never beyond the blob and always forward.
struct TreeWalker {
  private static var beginNode: UInt32 { 1 }
  private static var endNode: UInt32 { 2 }
  private static var property: UInt32 { 3 }
  private static var nothing: UInt32 { 4 }

  /// Offset of the next token.
  private var offset: Int
  /// Offset of the strings block.
  private let strings: Int

  /// Stands before the root; `nil` where the blob does not start as a flattened tree of version 16 or newer does.
  init?(_ blob: Span<UInt8>) {
    guard blob.number32(at: 0) == 0xD00D_FEED, let structure = blob.number32(at: 8),
      let strings = blob.number32(at: 12), let lastCompatible = blob.number32(at: 24), lastCompatible <= 17
    else { return nil }
    offset = Int(structure)
    self.strings = Int(strings)
  }

  /// The next token; `nil` at the end of the tree or where it is malformed.
  mutating func next(in blob: Span<UInt8>) -> TreeToken? {
    while let tag = blob.number32(at: offset) {
      offset += 4
      switch tag {
      case TreeWalker.beginNode:
        guard let name = blob.string(at: offset) else { return nil }
        offset = TreeWalker.aligned(name.upperBound + 1)
        return .begin(name: name)
      case TreeWalker.property: return nextProperty(in: blob)
      case TreeWalker.endNode: return .end
      case TreeWalker.nothing: continue
      default: return nil
      }
    }
    return nil
  }

  private mutating func nextProperty(in blob: Span<UInt8>) -> TreeToken? {
    guard let length = blob.number32(at: offset), let nameOffset = blob.number32(at: offset + 4),
      let name = blob.string(at: strings + Int(nameOffset))
    else { return nil }
    let start = offset + 8
    guard Int(length) <= blob.count - start else { return nil }
    offset = TreeWalker.aligned(start + Int(length))
    return .property(name: name, value: start..<(start + Int(length)))
  }

  private static func aligned(_ offset: Int) -> Int { (offset + 3) & ~3 }
}
