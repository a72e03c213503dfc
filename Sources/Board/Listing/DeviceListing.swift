import DeviceTree
import Ownership

/// What `bulkhead devices` shows: every device of a board, whether a domain can be given it, and if not, why.
public struct DeviceListing: Sendable {
  /// The board.
  public let board: Board
  /// The devices in tree order.
  public let devices: [ListedDevice]
  /// Which devices cannot be separated.
  public let conflicts: DeviceConflicts

  /// Looks at every device of a board.
  public init(_ board: Board) {
    let conflicts = DeviceConflicts(board)
    let judge = AssignabilityJudge(board)
    let needs = SubtreeNeeds(board, conflicts)
    self.board = board
    self.conflicts = conflicts
    devices = board.devices.map { device in
      ListedDevice(
        device: device, obstacles: judge.obstacles(device), companions: needs.conflicts[device.path] ?? [],
        isUnprotectedMaster: needs.unprotected.contains(device.path))
    }
  }
}
