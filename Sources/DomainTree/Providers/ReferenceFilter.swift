import DeviceTree
import Diagnostics
import Partition

/// Makes the references of a copied node right for the domain's tree.
///
/// References that stay among the nodes of the domain's tree are copied as they are. A clock or supply of a provider
/// that the domain does not drive becomes one of `ProviderStubs`. Any other reference is left out, with its name where
/// the property has names; without names its place is kept by a phandle of 0, as long as another reference follows.
struct ReferenceFilter {
  /// The board's tree.
  let tree: DeviceTree
  /// What is copied.
  let scope: CopyScope
  private var lost = LostReferences()

  /// Prepares for one node.
  init(tree: DeviceTree, scope: CopyScope) {
    self.tree = tree
    self.scope = scope
  }

  /// Rewrites the references of `node`, the copy of `source`.
  mutating func filter(_ node: inout TreeNode, _ source: Node) {
    let references = tree.references(of: source)
    for fault in references.faults {
      lost.add(fault.property, of: source)
      drop(fault.property, from: &node)
    }
    var lists: [String: [Reference]] = [:]
    for reference in references.entries { lists[reference.property, default: []].append(reference) }
    AssignedClocks(scope: scope).rewrite(&node, lists)
    for property in source.properties {
      guard let list = lists[property.name], node.property(property.name) != nil,
        !property.name.hasPrefix("assigned-clock")
      else { continue }
      rewrite(property.name, list, in: &node)
    }
    for suspect in references.suspects {
      guard let phandle = source.property(suspect)?.cells?.first, let target = tree.node(phandle: phandle),
        !scope.resolves(target.path)
      else { continue }
      lost.suspect(suspect, target)
    }
  }

  /// What was lost, as findings.
  func findings(_ source: Node, _ domain: DomainPlan) -> [Finding] {
    lost.findings(source, domain, scope.span(of: source))
  }

  private mutating func rewrite(_ property: String, _ list: [Reference], in node: inout TreeNode) {
    let fates = list.map { scope.fate(of: $0) }
    guard fates.contains(where: { $0 != .kept }) else { return }
    for (reference, fate) in zip(list, fates) where fate == .left {
      lost.add(reference, name: NamedList.name(of: reference, in: node))
    }
    let isAllLeft = fates.allSatisfy { $0 == .left }
    if isAllLeft || fates.contains(.left) && NamedList.isAllOrNothing(property) {
      return drop(property, from: &node)
    }
    NamedList(property: property, list: list, fates: fates, tree: tree).write(to: &node)
  }

  private func drop(_ property: String, from node: inout TreeNode) {
    node.remove(property)
    for companion in NamedList.companions(of: property) { node.remove(companion) }
    // `pinctrl-names` counts `pinctrl-0`, `pinctrl-1`, …: one without the others would give states wrong names.
    guard property.hasPrefix("pinctrl-") else { return }
    for property in node.properties where property.name.hasPrefix("pinctrl-") { node.remove(property.name) }
  }
}
