import DeviceTree
import Diagnostics

/// Finds the nodes that a manifest names by path, label or alias, and what a person probably meant by a wrong name.
struct NodeLookup: Sendable {
  /// The board's tree.
  let tree: DeviceTree

  /// The node; or a finding that says why there is none.
  func node(_ reference: Located<String>, field: String, domains: [String] = []) -> Result<Node, PlanningFailure> {
    if let node = tree.resolve(reference.value) { return .success(node) }
    return .failure(
      PlanningFailure(
        Finding(
          PartitionRules.unknownNode, .error,
          "\(field) names \(Quotation.quoted(reference.value)), and \(whatIsMissing(reference.value))",
          subjects: [reference.value], resource: ResourceReference(.device, reference.value), domains: domains,
          spans: [reference.span], help: help(for: reference.value))))
  }

  private func whatIsMissing(_ reference: String) -> String {
    guard reference.hasPrefix("/") else { return "the device tree has no label or alias of that name" }
    let (parent, missing) = deepestParent(of: reference)
    return "\(parent.path) in the device tree has no child \(Quotation.quoted(missing))"
  }

  private func help(for reference: String) -> String {
    suggestion(for: reference).map { "write `\($0)`" } ?? "`bulkhead devices` lists what can be named"
  }

  /// The nearest right name: a node of the same name elsewhere, a sibling with a similar one, a similar label.
  func suggestion(for reference: String) -> String? {
    let lastName = reference.split(separator: "/").last.map(String.init) ?? reference
    if let same = tree.nodes.first(where: { $0.name == lastName && $0.parent != nil }) { return same.path }
    guard reference.hasPrefix("/") else {
      let names = (Array(tree.labels.keys) + Array(tree.aliases.keys)).sorted()
      return Suggestions.nearest(to: reference, among: names)
    }
    let (parent, missing) = deepestParent(of: reference)
    let siblings = tree.children(of: parent).map(\.name)
    guard let sibling = Suggestions.nearest(to: missing, among: siblings) else { return nil }
    return parent.path == "/" ? "/" + sibling : parent.path + "/" + sibling
  }

  /// The last node on the way to `path` that exists, and the name that is not found below it.
  private func deepestParent(of path: String) -> (parent: Node, missing: String) {
    var parent = tree.root
    for name in path.split(separator: "/") {
      guard let child = tree.children(of: parent).first(where: { $0.name == name }) else {
        return (parent, String(name))
      }
      parent = child
    }
    return (parent, "")
  }
}
