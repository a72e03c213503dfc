import DeviceTree

/// What `bulkhead devices BOARD NODE` shows: everything about one node.
public struct DeviceDetail: Sendable {
  /// The node.
  public let path: String
  /// `compatible`, most specific first.
  public let compatible: [String]
  /// The node as a device; `nil` for one that has no registers, interrupts or streams.
  public let device: ListedDevice?
  /// Devices below the node: they come along with it.
  public let children: [String]
  /// Enabled devices that the node or one below it cannot be separated from.
  public let conflicts: [DeviceConflict]
  /// What the node itself refers to.
  public let references: [Reference]
  /// Everything that it needs, directly or through others.
  public let closure: DependencyClosure
  /// The closure as an indented tree.
  let outline: [String]
  /// The lines, channels and blocks that it claims for itself, those of the nodes below and of the wrappers above included.
  public let claims: [ExclusiveClaim]
  /// Providers that the node shares with devices elsewhere, or is to them.
  public let sharedProviders: [SharedProvider]
  /// Properties that Bulkhead does not know and that look like references.
  public let suspects: [String]
  /// What is malformed in the node and below it.
  public let faults: [TreeFault]
}

extension DeviceListing {
  /// Everything about one node, which may be named by its path, a label or an alias; `nil` if there is no such node.
  public func detail(of reference: String) -> DeviceDetail? {
    guard let node = board.tree.resolve(reference) else { return nil }
    let subtree = board.tree.subtree(of: node)
    let members = Set(subtree.map(\.path))
    let references = board.tree.references(of: node)
    let closure = DependencyClosure(board, of: node.path)
    return DeviceDetail(
      path: node.path, compatible: node.compatible, device: devices.first { $0.device.path == node.path },
      children: subtree.dropFirst().map(\.path).filter { board.device(at: $0) != nil },
      conflicts: subtree.flatMap { conflicts.of($0.path) }.filter { conflict in
        !(members.contains(conflict.first) && members.contains(conflict.second))
      },
      references: references.entries, closure: closure,
      outline: DependencyOutline(closure, on: board).lines, claims: board.exclusiveClaims(of: node.path),
      sharedProviders: sharing.shared(by: node.path),
      suspects: references.suspects,
      faults: board.faults.filter { members.contains($0.path) } + references.faults)
  }
}
