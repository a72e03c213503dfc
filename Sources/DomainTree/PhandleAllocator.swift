import Board
import DeviceTree

/// Numbers by which nodes refer to each other.
///
/// Copied nodes keep the board's numbers, so that references between them stay right as they are; the domain's GIC
/// takes the number of the board's; nodes of our own take numbers that the board does not use.
struct PhandleAllocator {
  /// The domain's GIC.
  let gic: UInt32
  private var used: Set<UInt32>
  private var last: UInt32 = 0

  /// Learns the board's numbers.
  init(_ board: Board) {
    used = Set(board.tree.nodes.compactMap(\.phandle))
    let path = board.interruptController?.path
    if let gic = path.flatMap({ board.tree.node(at: $0)?.phandle }) {
      self.gic = gic
    } else {
      gic = Self.unused(after: 0, in: used)
      used.insert(gic)
    }
  }

  /// A number that no other node has.
  mutating func next() -> UInt32 {
    last = Self.unused(after: last, in: used)
    used.insert(last)
    return last
  }

  /// A tree of at most 16 MiB has far fewer nodes than there are numbers.
  private static func unused(after number: UInt32, in used: Set<UInt32>) -> UInt32 {
    var candidate = number &+ 1
    while used.contains(candidate) || candidate == 0 || candidate == .max { candidate &+= 1 }
    return candidate
  }
}
