import Board
import DeviceTree
import Manifest

/// What the manifest gives a domain of the board's tree.
struct DomainSide: Sendable {
  /// What the manifest says of the domain.
  let declaration: DomainDeclaration
  /// Indices of its devices, in the manifest's order, those below a named one behind it.
  let devices: [Int]
  /// By node of the board's tree: whether it comes along, as a device or below one.
  let isCopied: [Bool]
  /// Indices of the nodes that come along.
  let copies: [Int]
  /// Indices of the devices whose parent does not come along, in the manifest's order.
  let tops: [Int]
  /// Their places.
  let places: [Int: TopPlace]
  /// `set:` by device.
  let overrides: [Int: [Property]]
  /// Those on a flat bus, by name.
  let onBus: [String: [Int]]
  /// Those at the root, by name.
  let atRoot: [String: [Int]]
  /// Nodes of reserved memory that it is granted, in the manifest's order.
  let granted: [Int]

  /// Expands what the manifest names: a node with every enabled device below it, and what `owned-by` and the firmware's
  /// `channels` add.
  init(_ declaration: DomainDeclaration, _ side: BoardSide, channels: [Int]) {
    let tree = side.tree
    var list = DeviceList(side.board)
    for device in declaration.devices {
      if let node = tree.resolve(device.path.value) { list.add(node, device.properties) }
    }
    for entry in side.policies.nodes {
      guard case .ownedBy(declaration.name.value) = entry.declaration.policy.value, !side.isFirmware(entry.index) else {
        continue
      }
      list.add(tree.nodes[entry.index], [])
    }
    for channel in channels { list.add(tree.nodes[channel], []) }
    let isCopied = Self.copied(Set(list.order), side)
    self.declaration = declaration
    self.isCopied = isCopied
    copies = isCopied.indices.filter { isCopied[$0] }
    devices = list.order
    overrides = list.overrides
    tops = list.order.filter { index in tree.nodes[index].parent.map { !isCopied[$0] } ?? false }
    var places: [Int: TopPlace] = [:]
    for top in tops { places[top] = TopPlace(tree.nodes[top], on: side.board) }
    self.places = places
    onBus = Self.names(tops.filter { places[$0]?.isOnBus == true }, places)
    atRoot = Self.names(tops.filter { places[$0]?.isOnBus == false }, places)
    granted = declaration.reservedMemory.compactMap { tree.resolve($0.value)?.index }
  }

  private static func names(_ tops: [Int], _ places: [Int: TopPlace]) -> [String: [Int]] {
    tops.reduce(into: [:]) { names, top in
      if let name = places[top]?.name { names[name, default: []].append(top) }
    }
  }

  /// A device comes along if it is the domain's; any other node if its parent does, unless nobody may have it.
  private static func copied(_ devices: Set<Int>, _ side: BoardSide) -> [Bool] {
    let all = Set(side.board.devices.compactMap { side.tree.node(at: $0.path)?.index })
    var isCopied: [Bool] = []
    isCopied.reserveCapacity(side.tree.nodes.count)
    for node in side.tree.nodes {
      let isBelow = node.parent.map { isCopied[$0] } ?? false
      let isForeign = all.contains(node.index) || side.disabled.contains(node.index)
      isCopied.append(devices.contains(node.index) || isBelow && !isForeign)
    }
    return isCopied
  }
}

/// Devices in the order in which a manifest brings them.
private struct DeviceList {
  private(set) var order: [Int] = []
  private(set) var overrides: [Int: [Property]] = [:]
  private var named: Set<Int> = []
  private var seen: Set<Int> = []
  private let board: Board

  init(_ board: Board) { self.board = board }

  mutating func add(_ node: Node, _ properties: [PropertyDeclaration]) {
    for member in board.tree.subtree(of: node) {
      guard let device = board.device(at: member.path), device.isEnabled || member.index == node.index else { continue }
      if seen.insert(member.index).inserted { order.append(member.index) }
    }
    guard board.device(at: node.path) != nil, named.insert(node.index).inserted else { return }
    overrides[node.index] = properties.map { Property(name: $0.name.value, value: Self.bytes(of: $0.value)) }
  }

  /// The value as a property holds it (devicetree specification v0.4, 2.2.4).
  private static func bytes(of value: PropertyValue) -> [UInt8] {
    switch value {
    case .empty: []
    case .strings(let texts): texts.flatMap { Array($0.utf8) + [0] }
    case .cell(let cell): CellBytes.cell(cell)
    case .bytes(let bytes): bytes
    case .cells(let cells): CellBytes.cells(cells)
    }
  }
}
