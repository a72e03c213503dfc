import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership

/// Finds the devices that a domain's `devices:` names, with everything below them.
struct DeviceResolver: Sendable {
  private let board: Board
  private let lookup: NodeLookup
  private let indexByPath: [String: Int]

  /// Prepares look-ups on a board.
  init(_ board: Board) {
    self.board = board
    lookup = NodeLookup(tree: board.tree)
    indexByPath = Dictionary(
      board.devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The device at a node's path.
  func device(at path: String) -> Device? { indexByPath[path].map { board.devices[$0] } }

  /// The devices of a domain in the manifest's order, children after their parent. A device that an entry names itself
  /// has that entry's settings, otherwise those of the first entry above it.
  func devices(of domain: DomainDeclaration) -> (devices: [DeviceDraft], findings: [Finding]) {
    var devices: [DeviceDraft] = []
    var positions: [String: Int] = [:]
    var findings: [Finding] = []
    for declaration in domain.devices {
      let expansion: [DeviceDraft]
      switch expand(declaration, of: domain.name.value, field: "domains.\(domain.name.value).devices") {
      case .success(let found): expansion = found
      case .failure(let failure):
        findings.append(failure.finding)
        continue
      }
      for draft in expansion {
        if let position = positions[draft.path] {
          if draft.isDeclaredItself, !devices[position].isDeclaredItself { devices[position] = draft }
        } else {
          positions[draft.path] = devices.count
          devices.append(draft)
        }
      }
    }
    return (devices, findings)
  }

  /// The nodes of `disabled:`, each with every node below it, by path.
  func disabledNodes(_ references: [Located<String>]) -> (paths: Set<String>, findings: [Finding]) {
    var paths: Set<String> = []
    var findings: [Finding] = []
    for reference in references {
      switch lookup.node(reference, field: "disabled") {
      case .success(let node): paths.formUnion(subtree(of: node).map(\.path))
      case .failure(let failure): findings.append(failure.finding)
      }
    }
    return (paths, findings)
  }

  /// The devices that a policy gives to a domain; none where the node has no hardware of its own.
  func provider(_ declaration: DeviceDeclaration, of domain: String) -> Result<[DeviceDraft], PlanningFailure> {
    expand(declaration, of: domain, field: "providers", isProvider: true)
  }

  /// The device of one entry and all enabled devices below it.
  private func expand(
    _ declaration: DeviceDeclaration, of domain: String, field: String, isProvider: Bool = false
  ) -> Result<[DeviceDraft], PlanningFailure> {
    let node: Node
    switch lookup.node(declaration.path, field: field, domains: [domain]) {
    case .success(let found): node = found
    case .failure(let failure): return .failure(failure)
    }
    if let role = UnassignableNode.role(of: node, on: board) {
      return .failure(PlanningFailure(unassignable(node.path, role, declaration, domain, field)))
    }
    var drafts: [DeviceDraft] = []
    for member in subtree(of: node) {
      guard let device = device(at: member.path), device.isEnabled || member.path == node.path else { continue }
      if let role = UnassignableNode.role(of: member, on: board) {
        return .failure(PlanningFailure(unassignable(member.path, role, declaration, domain, field)))
      }
      drafts.append(draft(device, declaration, declaredPath: node.path))
    }
    guard !drafts.isEmpty || isProvider else {
      return .failure(PlanningFailure(empty(node, declaration, domain, field)))
    }
    return .success(drafts)
  }

  /// The node and everything below it, in tree order.
  private func subtree(of node: Node) -> [Node] {
    var members: [Node] = []
    var open = [node.index]
    while let index = open.popLast() {
      members.append(board.tree.nodes[index])
      open += board.tree.nodes[index].children.reversed()
    }
    return members
  }

  private func draft(_ device: Device, _ declaration: DeviceDeclaration, declaredPath: String) -> DeviceDraft {
    let isNamed = device.path == declaredPath
    let assignment = DeviceAssignment(
      device: device, pages: AddressSet((device.registers + device.pciWindows).map(\.pages)).runs,
      properties: isNamed ? declaration.properties.map { Property(name: $0.name.value, value: $0.value.bytes) } : [],
      hasUnprotectedDMA: declaration.hasUnprotectedDMA?.value ?? false)
    return DeviceDraft(assignment: assignment, declaration: declaration, declaredPath: declaredPath)
  }

  private func unassignable(
    _ path: String, _ role: String, _ declaration: DeviceDeclaration, _ domain: String, _ field: String
  ) -> Finding {
    let named = Quotation.quoted(declaration.path.value)
    let what = path == declaration.path.value ? "\(named), which is \(role)" : "\(named), and \(path) is \(role)"
    return Finding(
      PartitionRules.unassignableNode, .error, "\(field) names \(what)", subjects: [path, "domains.\(domain)"],
      resource: ResourceReference(.device, path), domains: [domain], spans: [declaration.path.span],
      help: "take this entry out; if it stands for a bus, name the devices below it one by one")
  }

  private func empty(_ node: Node, _ declaration: DeviceDeclaration, _ domain: String, _ field: String) -> Finding {
    Finding(
      PartitionRules.nothingToAssign, .error,
      "\(field) names \(node.path), which has no registers on the CPUs' address map, no interrupts and no DMA stream, "
        + "nor has any enabled node below it",
      subjects: [node.path, "domains.\(domain)"], resource: ResourceReference(.device, node.path), domains: [domain],
      spans: [declaration.path.span],
      help: "name the controller on whose bus it sits; it comes along with that one")
  }
}
