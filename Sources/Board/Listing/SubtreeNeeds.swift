import DeviceTree

/// What devices demand of an entry that names a node above them: children come along with their parent.
struct SubtreeNeeds {
  /// Nodes with an enabled device at or below them that starts DMA and that no live SMMU holds.
  private(set) var unprotected: Set<String> = []
  /// For each node, conflicts of devices at or below it with devices elsewhere, in the order of `DeviceConflicts.all`.
  private(set) var conflicts: [String: [DeviceConflict]] = [:]

  init(_ board: Board, _ conflicts: DeviceConflicts) {
    for device in board.devices where device.isEnabled && device.isUnprotectedMaster {
      for path in Self.chain(device.path, board) {
        // Whatever lies further up has been reached from here before.
        guard unprotected.insert(path).inserted else { break }
      }
    }
    for conflict in conflicts.all {
      let (first, second) = (Self.chain(conflict.first, board), Self.chain(conflict.second, board))
      let common = Set(first).intersection(second)
      for path in (first + second) where !common.contains(path) { self.conflicts[path, default: []].append(conflict) }
    }
  }

  /// The node and everything above it, the nearest first.
  private static func chain(_ path: String, _ board: Board) -> [String] {
    board.tree.node(at: path).map { board.tree.chain(from: $0).map(\.path) } ?? [path]
  }
}
