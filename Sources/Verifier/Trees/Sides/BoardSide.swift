import Board
import DeviceTree
import Manifest
import Synchronization

/// What domains' trees are held against, read once from the board's tree and the manifest.
final class BoardSide: Sendable {
  /// The board.
  let board: Board
  /// What the user asked for.
  let manifest: Manifest
  /// Every node of the board's tree, in its order, with what it refers to.
  let sources: [SourceNode]
  /// `providers:`.
  let policies: ProviderPolicies
  /// What the tree says of clocks' rates.
  let rates: StatedRates
  /// The board's aliases by the index of the node that they name, sorted.
  let aliases: [Int: [String]]
  /// Nodes of `disabled:` that nobody may have.
  let disabled: Set<Int>

  /// Nodes that an entry of `providers:` names, and those above and below them: what firmware's nodes are found among.
  let firmwareNodes: [Int]

  /// Mailboxes and shared memory of firmware that an entry of `providers:` covers.
  let messageNodes: [Int]

  private struct Key: Hashable {
    let domain: String
    let channels: [Int]
  }

  private let domains = Mutex<[Key: DomainSide]>([:])

  /// Reads the board.
  init(_ board: Board, _ manifest: Manifest) {
    self.board = board
    self.manifest = manifest
    var resolver = InterruptResolver(board.tree)
    let sources = board.tree.nodes.map { SourceNode($0, in: board.tree, &resolver) }
    self.sources = sources
    policies = ProviderPolicies(manifest, board.tree)
    firmwareNodes = Self.firmwareNodes(board.tree, policies)
    rates = StatedRates(sources)
    messageNodes = Self.messageNodes(sources, policies) { Self.isFirmware($0, board.tree) }
    var aliases: [Int: [String]] = [:]
    for (name, path) in board.tree.aliases {
      if let node = board.tree.node(at: path) { aliases[node.index, default: []].append(name) }
    }
    self.aliases = aliases.mapValues { $0.sorted() }
    disabled = Set(manifest.disabled.compactMap { board.tree.resolve($0.value)?.index })
  }

  /// The board's tree.
  var tree: DeviceTree { board.tree }

  /// What a domain is to have; `channels` are those nodes that firmware's messages travel through which its tree shows.
  func domain(_ declaration: DomainDeclaration, channels: [Int]) -> DomainSide {
    let key = Key(domain: declaration.name.value, channels: channels)
    return domains.withLock { known in
      if let side = known[key] { return side }
      let side = DomainSide(declaration, self, channels: channels)
      known[key] = side
      return side
    }
  }

  /// Whether a node is an interface to firmware of a kind whose messages or calls a policy can give to domains, or
  /// stands below one: Xilinx EEMI, SCMI, TI-SCI.
  func isFirmware(_ index: Int) -> Bool { Self.isFirmware(index, tree) }

  private static func isFirmware(_ index: Int, _ tree: DeviceTree) -> Bool {
    var next: Int? = index
    while let current = next {
      let node = tree.nodes[current]
      if node.compatible.contains(where: firmware.contains) { return true }
      next = node.parent
    }
    return false
  }

  /// Whether a node of firmware may stand in a domain's tree: firmware serves it for the domain, or a node below it.
  func mayBeFirmware(_ index: Int, domain: String) -> Bool {
    tree.subtree(of: tree.nodes[index]).contains { node in
      policies.isServedByFirmware(node.index, domain: domain, isInterface: isFirmware(node.index))
    }
  }

  private static func firmwareNodes(_ tree: DeviceTree, _ policies: ProviderPolicies) -> [Int] {
    guard !policies.nodes.isEmpty else { return [] }
    return tree.nodes.map(\.index).filter { policies.entry(covering: $0) != nil || policies.isAbove($0) }
  }

  private static let firmware: Set = [
    "xlnx,zynqmp-firmware", "xlnx,versal-firmware", "arm,scmi", "arm,scmi-smc", "arm,scmi-smc-param", "ti,k2g-sci",
    "ti,am654-sci",
  ]
}
