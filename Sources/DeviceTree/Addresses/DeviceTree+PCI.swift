extension DeviceTree {
  /// Whether a node is a bridge from the CPUs' address map to a PCI bus, and not one between two PCI buses.
  public func isPCIHost(_ node: Node) -> Bool {
    buses[node.index].isPCI && node.parent.map { !buses[$0].isPCI } ?? false
  }

  /// The memory and I/O windows that a PCI host's `ranges` open on the CPUs' address map; none for any other node.
  ///
  /// A bridge below a host has no windows of its own: its addresses are within the host's.
  public func pciWindows(of node: Node) -> Registers {
    let bus = buses[node.index]
    guard isPCIHost(node), let parent = node.parent else { return Registers(entries: [], faults: []) }
    switch bus.mapping {
    case .none, .identity:
      return Registers(entries: [], faults: [])
    case .malformed(let reason):
      let fault = TreeFault(path: node.path, property: "ranges", message: reason)
      return Registers(entries: [], faults: [fault])
    case .windows(let windows):
      var entries: [RegisterEntry] = []
      var faults: [TreeFault] = []
      for (index, window) in windows.enumerated() where window.space != PCIAddress.configuration {
        let size = UInt64(truncatingIfNeeded: window.size)
        let result = translate(window.parent, size: size, from: parent)
        if let message = result.message {
          faults.append(TreeFault(path: node.path, property: "ranges", message: "entry \(index) \(message)"))
        }
        entries.append(RegisterEntry(index: index, busAddress: window.parent, size: size, address: result.address))
      }
      return Registers(entries: entries, faults: faults)
    }
  }
}
