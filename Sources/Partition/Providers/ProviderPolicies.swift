import DeviceTree
import Diagnostics
import Manifest

/// The entries of `providers:` whose nodes exist, found by the nodes that they cover.
struct ProviderPolicies: Sendable {
  /// An entry with its node.
  struct Entry: Sendable {
    let path: String
    let declaration: ProviderDeclaration
  }

  /// The entries in the manifest's order; of two that name one node, the first.
  private(set) var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  /// Resolves a manifest's entries; each one that names no node is a finding.
  static func resolve(_ manifest: Manifest, on tree: DeviceTree) -> (policies: ProviderPolicies, findings: [Finding]) {
    let lookup = NodeLookup(tree: tree)
    var policies = ProviderPolicies()
    var findings: [Finding] = []
    for declaration in manifest.providers {
      switch lookup.node(declaration.path, field: "providers") {
      case .success(let node): policies.add(Entry(path: node.path, declaration: declaration))
      case .failure(let failure): findings.append(failure.finding)
      }
    }
    return (policies, findings)
  }

  private mutating func add(_ entry: Entry) {
    guard positions[entry.path] == nil else { return }
    positions[entry.path] = entries.count
    entries.append(entry)
  }

  /// The entry that covers a node: its own, or that of the nearest node above it.
  func entry(covering path: String) -> Entry? {
    NodePath.upwards(from: path).lazy.compactMap { positions[$0].map { entries[$0] } }.first
  }
}
