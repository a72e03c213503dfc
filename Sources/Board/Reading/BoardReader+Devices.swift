import DeviceTree
import Ownership

extension BoardReader {
  /// Everything that could be given to a domain, and the SMMUs.
  mutating func devices(controller: InterruptController?, timer: TimerInterrupts?, smmus: [SMMU]) -> [Device] {
    var left = Set(controller?.paths ?? [])
    if let timer { left.insert(timer.path) }
    var streams = StreamReader(tree: tree, smmus: smmus)
    var devices: [Device] = []
    // A parent comes before its children, so one pass knows what every node stands below.
    var isOutside = [Bool](repeating: false, count: tree.nodes.count)
    var isEnabled = [Bool](repeating: true, count: tree.nodes.count)
    for node in tree.nodes {
      let parent = node.parent ?? node.index
      isEnabled[node.index] = isEnabled[parent] && node.isStatusOkay
      isOutside[node.index] = isOutside[parent] || Self.isNoDevice(node)
      if node.parent == nil || isOutside[node.index] || left.contains(node.path) { continue }
      if let device = device(node, isEnabled: isEnabled[node.index], streams: &streams) { devices.append(device) }
    }
    note(streams.faults)
    return devices
  }

  /// Nodes that describe, with everything below them, no device.
  private static func isNoDevice(_ node: Node) -> Bool {
    if node.parent == 0, ["/cpus", "/reserved-memory", "/chosen", "/aliases", "/__symbols__"].contains(node.path) {
      return true
    }
    return node.parent == 0 && node.property("device_type")?.string == "memory"
  }

  private mutating func device(_ node: Node, isEnabled: Bool, streams: inout StreamReader) -> Device? {
    let own = streams.own(of: node, isEnabled: isEnabled)
    guard node.has("reg") || node.has("interrupts") || node.has("interrupts-extended") || !own.isEmpty else {
      return nil
    }
    let registers = ranges(of: node, noting: isEnabled)
    let windows = pciWindows(of: node, noting: isEnabled)
    let interrupts = resolver.interrupts(of: node)
    if isEnabled { note(interrupts.faults) }
    guard !registers.isEmpty || !interrupts.entries.isEmpty || !own.isEmpty || isMalformed(node) else { return nil }
    let compatible = node.compatible
    // A frame without a name of its own is a part of the device that it stands in.
    let names = compatible.isEmpty ? tree.parent(of: node)?.compatible ?? [] : compatible
    let mayStartDMA = !registers.isEmpty || !own.isEmpty
    let isMaster = mayStartDMA && !DMATable.isKnownNotToStartDMA(names, usesDMAChannels: node.has("dmas"))
    return Device(
      path: node.path, compatible: compatible, isEnabled: isEnabled, registers: registers, pciWindows: windows,
      interrupts: interrupts.resolved + pciLines(of: node, beside: interrupts.resolved),
      unresolvedInterrupts: interrupts.entries.filter { if case .gic = $0.end { false } else { true } },
      streams: own.isEmpty && isMaster ? streams.inherited(by: node) : own, isDMAMaster: isMaster,
      dmaWindows: isMaster ? dmaWindows(of: node, noting: isEnabled) : [])
  }

  /// Whether the node's `reg` has an entry that should be on the CPUs' address map and is not.
  private func isMalformed(_ node: Node) -> Bool { !tree.registers(of: node).faults.isEmpty }

  /// Where a master's DMA comes out, if not at the addresses that it sends.
  private mutating func dmaWindows(of node: Node, noting: Bool) -> [DMAWindow] {
    switch tree.dmaView(of: node) {
    case .windows(let windows): return windows.contains { $0.address != $0.cpuAddress } ? windows : []
    case .unreadable(let path):
      if noting {
        note([TreeFault(path: path, property: "dma-ranges", message: "cannot be followed to the CPUs' addresses")])
      }
      return []
    case .identity, .unstated: return []
    }
  }

  /// Lines that a PCI host's `interrupt-map` gives to whatever sits in its slots (INTA to INTD): they are the host's.
  private mutating func pciLines(of node: Node, beside own: [ResolvedInterrupt]) -> [ResolvedInterrupt] {
    guard tree.isPCIHost(node) else { return [] }
    let known = Set(own.map(\.intid))
    return resolver.mappedInterrupts(of: node).filter { !known.contains($0.intid) }
  }

  private mutating func pciWindows(of node: Node, noting: Bool) -> [AddressRange] {
    let windows = tree.pciWindows(of: node)
    if noting { note(windows.faults) }
    return windows.entries.compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: entry.size) }
    }
  }
}
