import DeviceTree

/// Which devices of a board can reset the whole of it or take its power, and why.
public struct BoardStoppers: Sendable {
  private let reasons: [String: StopReason]
  /// The devices that can, in tree order, disabled ones included: their registers are there all the same.
  public let devices: [Device]

  /// Why a device can stop the whole board: by itself, through a node below it that has no registers on the CPUs'
  /// address map (a PMIC on its bus), or because a node refers to it. `nil` if the tree shows no way.
  public func reason(for path: String) -> StopReason? { reasons[path] }

  /// Looks at every node of a board.
  public init(_ board: Board) {
    var search = StopperSearch(board)
    search.run()
    reasons = search.reasons
    devices = board.devices.filter { search.reasons[$0.path] != nil }
  }
}

extension Board {
  /// Why whoever has a device can reset the whole board or take its power; `nil` if the tree shows no way. Whoever asks
  /// for many devices makes a `BoardStoppers`.
  public func canStopTheBoard(_ path: String) -> StopReason? { BoardStoppers(self).reason(for: path) }
}
