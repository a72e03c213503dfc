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
  /// Who needs which provider.
  let sharing: ProviderSharing

  /// Looks at every device of a board.
  public init(_ board: Board) {
    let conflicts = DeviceConflicts(board)
    let judge = AssignabilityJudge(board)
    let needs = SubtreeNeeds(board, conflicts)
    let obstacles = board.devices.map(judge.obstacles)
    let sharing = ProviderSharing(
      board, candidates: zip(board.devices, obstacles).filter { $0.1.isEmpty }.map { $0.0 })
    let stoppers = BoardStoppers(board)
    self.board = board
    self.conflicts = conflicts
    self.sharing = sharing
    devices = zip(board.devices, obstacles).map { device, obstacles in
      ListedDevice(
        device: device, obstacles: obstacles, companions: needs.conflicts[device.path] ?? [],
        sharedProviders: obstacles.isEmpty ? sharing.sharedPaths(by: device.path) : [],
        isUnprotectedMaster: needs.unprotected.contains(device.path), stopReason: stoppers.reason(for: device.path))
    }
  }
}
