import DeviceTree

/// The flat buses that assigned devices are moved to: one for each way in which their own buses translate DMA addresses.
struct DeviceBuses {
  private struct Entry {
    let name: String
    let view: DMAView
    var names = NodeNames()
    var node: TreeNode
  }

  private var entries: [Entry] = []

  /// None yet.
  init() {}

  /// The name of the bus for a view of memory, made when it is first asked for.
  private mutating func index(for view: DMAView) -> Int {
    let view = Self.merged(view)
    if let index = entries.firstIndex(where: { $0.view == view }) { return index }
    let others = entries.count { $0.view != .unstated }
    let name = view == .unstated ? "bus" : others == 0 ? "dma-bus" : "dma\(others + 1)-bus"
    var node = TreeNode(name)
    node.set("compatible", "simple-bus")
    node.set("#address-cells", cells: [2])
    node.set("#size-cells", cells: [2])
    node.set(flag: "ranges")
    if case .windows(let windows) = view {
      node.set("dma-ranges", numbers: windows.flatMap { [$0.address, $0.cpuAddress, $0.size] })
    }
    entries.append(Entry(name: name, view: view, node: node))
    return entries.count - 1
  }

  /// A bus that translates nothing is one that says nothing.
  private static func merged(_ view: DMAView) -> DMAView {
    if case .windows = view { return view }
    return .unstated
  }

  /// A place for a device that is to be called `name`: the name that is free there, and its path.
  mutating func place(_ name: String, _ view: DMAView) -> (bus: Int, name: String, path: String) {
    let bus = index(for: view)
    // A `dma-ranges` below a bus without one would be an error; an empty one says that nothing changes.
    if view == .identity, entries[bus].node.property("dma-ranges") == nil { entries[bus].node.set(flag: "dma-ranges") }
    let name = entries[bus].names.unique(name)
    return (bus, name, "/\(entries[bus].name)/\(name)")
  }

  /// Puts a device into its place.
  mutating func append(_ device: TreeNode, to bus: Int) {
    guard entries.indices.contains(bus) else { return }
    entries[bus].node.children.append(device)
  }

  /// The buses, in the order of their first device.
  var nodes: [TreeNode] { entries.map(\.node) }
}
