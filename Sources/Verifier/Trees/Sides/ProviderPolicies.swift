import DeviceTree
import Manifest

/// What the manifest says of the hardware that devices depend on, by node.
struct ProviderPolicies: Sendable {
  private let tree: DeviceTree
  private var declarations: [Int: ProviderDeclaration] = [:]
  /// The nodes that entries name, by index, in the manifest's order.
  private(set) var nodes: [(index: Int, declaration: ProviderDeclaration)] = []

  /// Finds the nodes of the manifest's `providers:`; of two entries for one node the first counts.
  init(_ manifest: Manifest, _ tree: DeviceTree) {
    self.tree = tree
    for declaration in manifest.providers {
      guard let node = tree.resolve(declaration.path.value), declarations[node.index] == nil else { continue }
      declarations[node.index] = declaration
      nodes.append((node.index, declaration))
    }
  }

  /// The entry of a node, or of the nearest node above it.
  func entry(covering index: Int) -> (index: Int, declaration: ProviderDeclaration)? {
    var next: Int? = index
    while let current = next {
      if let declaration = declarations[current] { return (current, declaration) }
      next = tree.nodes[current].parent
    }
    return nil
  }

  /// Whether a node stands above one that an entry names.
  func isAbove(_ index: Int) -> Bool {
    let end = tree.endOfSubtree(of: tree.nodes[index])
    return nodes.contains { $0.index > index && $0.index < end }
  }

  /// The rate that the manifest gives one of a provider's clocks, in hertz. An entry's rates are those of its own node,
  /// or of the nodes below it where it makes no clocks itself.
  func rate(of provider: Int, clock: UInt32) -> UInt64? {
    guard let entry = entry(covering: provider),
      entry.index == provider || !tree.nodes[entry.index].has("#clock-cells")
    else { return nil }
    return entry.declaration.rates.last { $0.value.clock == clock }?.value.hertz
  }

  /// Whether firmware serves the node for a domain: by policy, or because the domain owns the interface.
  func isServedByFirmware(_ index: Int, domain: String, isInterface: Bool) -> Bool {
    switch entry(covering: index)?.declaration.policy.value {
    case .firmware: true
    case .ownedBy(domain): isInterface
    default: false
    }
  }
}
