import DeviceTree
import Ownership

/// Says what keeps a device from every domain, whatever a manifest says.
struct AssignabilityJudge {
  private let board: Board
  private let smmus: Set<String>
  private let nobodys: [String: DeviceObstacle]
  private let controllerPages: AddressSet
  private let memory: AddressSet
  private let faults: [String: [TreeFault]]

  init(_ board: Board) {
    self.board = board
    smmus = Set(board.smmus.map(\.path))
    nobodys = Self.nobodys(on: board)
    controllerPages = AddressSet((board.interruptController?.windows ?? []).map(\.pages))
    memory = AddressSet(board.memory.map(\.range))
    faults = Dictionary(grouping: board.faults, by: \.path)
  }

  func obstacles(_ device: Device) -> [DeviceObstacle] {
    if let obstacle = disabledNode(device) { return [obstacle] }
    if smmus.contains(device.path) { return [.hypervisors(what: "an SMMU")] }
    if let obstacle = nobodys[device.path] { return [obstacle] }
    var obstacles = (faults[device.path] ?? []).map { DeviceObstacle.malformed("its \($0.property) \($0.message)") }
    let windows = device.registers + device.pciWindows
    if let shared = windows.lazy.flatMap({ controllerPages.intersection($0.pages) }).first {
      obstacles.append(.interruptControllerPage(shared.base))
    }
    if let covered = windows.first(where: { memory.overlaps($0) }) {
      obstacles.append(.memory(board.memory.first { $0.range.overlaps(covered) }?.path ?? "the memory node"))
    }
    if windows.isEmpty, device.interrupts.isEmpty, device.streams.isEmpty, obstacles.isEmpty {
      obstacles.append(.nothingToAssign)
    }
    return obstacles
  }

  /// What belongs to no domain takes every node above it along: an entry of a manifest means all that is below it.
  private static func nobodys(on board: Board) -> [String: DeviceObstacle] {
    var obstacles: [String: DeviceObstacle] = [:]
    for device in board.devices where device.isEnabled {
      guard let node = board.tree.node(at: device.path), let role = UnassignableNode.role(of: node, on: board) else {
        continue
      }
      let obstacle = DeviceObstacle.nobodys(path: device.path, what: role)
      obstacles[device.path] = obstacle
      for above in board.tree.chain(from: node).dropFirst().map(\.path) {
        // Whatever lies further up has been reached from here before.
        if obstacles[above] != nil { break }
        obstacles[above] = obstacle
      }
    }
    return obstacles
  }

  private func disabledNode(_ device: Device) -> DeviceObstacle? {
    guard !device.isEnabled, let node = board.tree.node(at: device.path) else { return nil }
    let disabled = board.tree.chain(from: node).first { !$0.isStatusOkay }
    return .disabled(by: disabled?.path ?? device.path)
  }
}
