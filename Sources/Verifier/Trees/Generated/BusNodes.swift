import DeviceTree

/// The flat buses of a tree: one for each way in which the board's own buses translate the addresses that devices use
/// for DMA, and the one that says nothing of it.
enum BusNodes {
  /// Everything that is wrong with the buses and with which device stands on which.
  static func faults(_ match: TreeMatch) -> [TreeFault] {
    var faults: [TreeFault] = []
    var translating = 0
    for node in match.tree.children(of: match.tree.root) where match.origins[node.index] == .bus {
      let views = node.children.compactMap { child -> DMAView? in
        let source = match.sources[child]
        return source < 0 ? nil : match.domain.places[source]?.view
      }
      let windows = views.lazy.compactMap { view -> [DMAWindow]? in
        if case .windows(let windows) = view { windows } else { nil }
      }.first
      if windows != nil { translating += 1 }
      let name = windows == nil ? "bus" : translating == 1 ? "dma-bus" : "dma\(translating)-bus"
      if node.name != name { faults.append(fault(node, "should have the name \(name)")) }
      if views.isEmpty { faults.append(fault(node, "carries no device")) }
      if views.contains(where: { !isOn($0, windows) }) {
        faults.append(fault(node, "carries devices whose DMA addresses the board translates in several ways"))
      }
      faults += form(windows, hasIdentity: views.contains(.identity)).faults(of: node)
    }
    return faults
  }

  private static func fault(_ node: Node, _ words: String) -> TreeFault {
    TreeFault(path: node.path, property: "", message: words)
  }

  private static func isOn(_ view: DMAView, _ windows: [DMAWindow]?) -> Bool {
    if case .windows(let own) = view { return own == windows }
    return windows == nil
  }

  private static func form(_ windows: [DMAWindow]?, hasIdentity: Bool) -> NodeForm {
    NodeForm { form in
      form.set("compatible", "simple-bus")
      form.set("#address-cells", cells: [2])
      form.set("#size-cells", cells: [2])
      form.set(flag: "ranges")
      if let windows {
        form.set("dma-ranges", numbers: windows.flatMap { [$0.address, $0.cpuAddress, $0.size] })
      } else if hasIdentity {
        form.set(flag: "dma-ranges")
      }
    }
  }
}
