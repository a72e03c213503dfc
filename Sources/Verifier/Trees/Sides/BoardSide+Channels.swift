import DeviceTree

extension BoardSide {
  /// Nodes that the messages to a firmware travel through, mailboxes and shared memory, which are the one domain's that
  /// asks it: those that a domain's tree shows. Whether the domain has their registers is for its stage 2 to say.
  func messageChannels(for domain: String, shownBy tree: DeviceTree) -> [Int] {
    messageNodes.filter { channel in
      let name = TopPlace(self.tree.nodes[channel], on: board).name
      return tree.node(at: "/bus/\(name)") != nil || tree.node(at: "/\(name)") != nil
    }
  }

  /// The channels of every firmware that an entry of `providers:` covers.
  static func messageNodes(_ sources: [SourceNode], _ policies: ProviderPolicies, _ isFirmware: (Int) -> Bool) -> [Int]
  {
    guard !policies.nodes.isEmpty else { return [] }
    let users = sources.filter { isFirmware($0.node.index) && policies.entry(covering: $0.node.index) != nil }
    var nodes: [Int] = []
    for user in users {
      for reference in (user.lists["mboxes"] ?? []) + (user.lists["shmem"] ?? [])
      where !nodes.contains(reference.target) { nodes.append(reference.target) }
    }
    return nodes
  }
}
