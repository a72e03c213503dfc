import DeviceTree
import Ownership

/// Finds the devices of a board that cannot be separated, without comparing every device with every other.
///
/// A device and the nodes below it are no conflict: children come along with their parent.
public struct DeviceConflicts: Sendable {
  /// The conflicts, by the position of the first device in the tree, then of the second, then by resource.
  public let all: [DeviceConflict]
  /// The conflicts of each device, by path.
  private let byPath: [String: [Int]]

  /// More conflicts than on any board; a hostile tree of equal windows would have n² of them.
  private static let limit = 20_000

  /// Compares the enabled devices of a board.
  public init(_ board: Board) {
    var search = ConflictSearch(board, limit: Self.limit)
    search.comparePages()
    search.compareInterrupts()
    search.compareGatheredLines()
    search.compareStreams()
    search.compareClaims()
    all = search.sorted()
    var byPath: [String: [Int]] = [:]
    for (index, conflict) in all.enumerated() {
      byPath[conflict.first, default: []].append(index)
      byPath[conflict.second, default: []].append(index)
    }
    self.byPath = byPath
  }

  /// The conflicts of one device with others.
  public func of(_ path: String) -> [DeviceConflict] { (byPath[path] ?? []).map { all[$0] } }
}
