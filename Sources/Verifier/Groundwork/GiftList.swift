import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership

/// Which domain the manifest gives each device to, by path.
struct GiftList {
  private var gifts: [String: KnownDevice.Gift] = [:]
  /// Devices that an entry names itself, whose settings count before those of an entry above.
  private var named: Set<String> = []
  private let board: Board

  /// Goes through `devices:` of every domain, then through `providers:`.
  init(_ board: Board, _ manifest: Manifest, _ plan: Ownership) {
    self.board = board
    for (index, domain) in manifest.domains.enumerated() {
      for entry in domain.devices {
        guard let node = board.tree.resolve(entry.path.value) else { continue }
        let gift = KnownDevice.Gift(
          domain: index, span: entry.path.span, unprotectedReason: entry.reason?.value,
          isUnprotected: entry.hasUnprotectedDMA?.value ?? false)
        give(node, gift)
      }
    }
    for entry in manifest.providers { give(entry, manifest, plan) }
  }

  /// The domain that has a device.
  subscript(path: String) -> KnownDevice.Gift? { gifts[path] }

  private mutating func give(_ node: Node, _ gift: KnownDevice.Gift) {
    for member in board.tree.subtree(of: node) {
      guard let device = board.device(at: member.path), device.isEnabled else { continue }
      let isItself = member.index == node.index
      if let earlier = gifts[member.path], earlier.domain != gift.domain || !isItself || named.contains(member.path) {
        continue
      }
      if isItself { named.insert(member.path) }
      gifts[member.path] = gift
    }
  }

  private mutating func give(_ entry: ProviderDeclaration, _ manifest: Manifest, _ plan: Ownership) {
    guard let node = board.tree.resolve(entry.path.value) else { return }
    switch entry.policy.value {
    case .bootConfigured: return
    case .ownedBy(let name):
      guard let domain = manifest.domains.firstIndex(where: { $0.name.value == name }) else { return }
      let gift = Self.gift(domain, entry)
      give(node, gift)
      for channel in channels(around: node) { give(channel, gift) }
    case .firmware:
      for channel in channels(around: node) {
        guard let page = board.device(at: channel.path)?.registers.first,
          case .domain(let name) = plan.claim(at: page.base)?.owner,
          let domain = manifest.domains.firstIndex(where: { $0.name.value == name })
        else { continue }
        give(channel, Self.gift(domain, entry))
      }
    }
  }

  private static func gift(_ domain: Int, _ entry: ProviderDeclaration) -> KnownDevice.Gift {
    KnownDevice.Gift(domain: domain, span: entry.path.span, unprotectedReason: nil, isUnprotected: false)
  }

  /// What messages to the firmware of a node, of one above or of one below travel through.
  private func channels(around node: Node) -> [Node] {
    let tree = board.tree
    return (tree.chain(from: node) + tree.subtree(of: node)).flatMap { member in
      tree.references(of: member).entries.filter { ["mboxes", "shmem"].contains($0.property) }
        .compactMap { tree.node(at: $0.target) }
    }
  }
}
