import DeviceTree

/// `assigned-clocks` with its parents and rates, three lists in step: what a driver is to set before it starts.
///
/// Only clocks that the domain drives can be set, to parents that it drives.
struct AssignedClocks {
  /// What is copied.
  let scope: CopyScope

  /// Leaves out of the three lists in `node` what cannot be set.
  func rewrite(_ node: inout TreeNode, _ lists: [String: [Reference]]) {
    guard let clocks = lists["assigned-clocks"] else {
      if node.property("assigned-clocks") == nil || lists["assigned-clock-parents"] != nil { remove(from: &node) }
      return
    }
    let parents = lists["assigned-clock-parents"] ?? []
    let rates = node.property("assigned-clock-rates")?.cells ?? []
    let kept = clocks.filter { clock in
      let parent = parents.first { $0.index == clock.index }
      return scope.resolves(clock.target) && parent.map { scope.resolves($0.target) } ?? true
    }
    guard kept.count < clocks.count else { return }
    remove(from: &node)
    guard !kept.isEmpty else { return }
    node.set("assigned-clocks", cells: kept.flatMap(cells))
    let keptParents = kept.map { clock in parents.first { $0.index == clock.index } }
    if keptParents.contains(where: { $0 != nil }) {
      node.set("assigned-clock-parents", cells: keptParents.flatMap { $0.map(cells) ?? [0] })
    }
    let keptRates = kept.map { rates.indices.contains($0.index) ? rates[$0.index] : 0 }
    if keptRates.contains(where: { $0 != 0 }) { node.set("assigned-clock-rates", cells: keptRates) }
  }

  private func cells(_ reference: Reference) -> [UInt32] {
    (scope.phandle(of: reference.target).map { [$0] } ?? [0]) + reference.specifier
  }

  private func remove(from node: inout TreeNode) {
    for name in ["assigned-clocks", "assigned-clock-parents", "assigned-clock-rates"] { node.remove(name) }
  }
}
