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
    guard reference.hasPrefix("/") else {
      return tree.labels.isEmpty
        ? "the device tree has no alias of that name, and no labels at all, as it was compiled without `dtc -@`"
        : "the device tree has no label or alias of that name"
    }
    let (parent, missing) = tree.deepestNode(on: reference)
    return "\(parent.path) in the device tree has no child \(Quotation.quoted(missing))"
  }

  private func help(for reference: String) -> String {
    suggestion(for: reference).map { "write `\($0)`" } ?? "`bulkhead devices` lists what can be named"
  }

  /// The nearest right name: a node of the same name elsewhere, a sibling with a similar one, a similar label.
  func suggestion(for reference: String) -> String? { tree.suggestions(for: reference).first }
}
