extension DeviceTree {
  /// How DMA addresses of a node become CPU addresses: by the nearest `dma-ranges` above it that is not empty, its
  /// right-hand side led through those of the buses further up. A bus without `dma-ranges` there translates nothing.
  public func dmaView(of node: Node) -> DMAView {
    let buses = Array(chain(from: node).dropFirst())
    guard let first = buses.firstIndex(where: { $0.property("dma-ranges")?.value.isEmpty == false }) else {
      return buses.contains { $0.has("dma-ranges") } ? .identity : .unstated
    }
    guard let nearest = dmaWindows(of: buses[first]) else { return .unreadable(path: buses[first].path) }
    var windows: [DMAWindow] = []
    for window in nearest {
      guard let window = climb(window, through: buses[(first + 1)...]) else {
        return .unreadable(path: buses[first].path)
      }
      windows.append(window)
    }
    return .windows(windows)
  }

  private func climb(_ window: BusWindow, through above: ArraySlice<Node>) -> DMAWindow? {
    var address = window.parent
    for bus in above where bus.property("dma-ranges")?.value.isEmpty == false {
      guard let windows = dmaWindows(of: bus),
        case .mapped(let next, fits: true) = windows.map(address, size: window.size, isPCI: false)
      else { return nil }
      address = next
    }
    guard let bus = UInt64(exactly: window.child), let cpu = UInt64(exactly: address),
      let size = UInt64(exactly: window.size), size > 0
    else { return nil }
    return DMAWindow(address: bus, cpuAddress: cpu, size: size)
  }

  /// The rows of a bus's own `dma-ranges`; `nil` if they cannot be read.
  private func dmaWindows(of bus: Node) -> [BusWindow]? {
    guard let property = bus.property("dma-ranges"), let parent = bus.parent else { return nil }
    let cells = buses[bus.index]
    let mapping = BusWindow.read(
      property, child: (cells.addressCells, cells.sizeCells), isPCI: cells.isPCI, parent: buses[parent])
    guard case .windows(let windows) = mapping else { return nil }
    return windows
  }
}
