import DeviceTree
import Ownership

extension BoardReader {
  /// The board's GIC with everything that belongs to it.
  mutating func interruptController(_ description: BoardDescription) -> InterruptController? {
    guard let node = tree.gic, let version = tree.gicVersion else { return nil }
    let own = ranges(of: node)
    guard let distributor = own.first else {
      note(node, "reg", "does not give the GIC's distributor")
      return nil
    }
    let interrupts = resolver.interrupts(of: node)
    note(interrupts.faults)
    let frames = framesOutside(of: node)
    let below = tree.nodes.filter { $0.index != node.index && isBelow($0, node) }
    var windows = own
    for frame in below + frames { windows += ranges(of: frame) }
    let regions = version == 3 ? redistributorRegions(node, own: own) : []
    let rest = own.dropFirst(1 + regions.count)
    return InterruptController(
      path: node.path, version: version == 3 ? .three : .two, distributor: distributor, redistributors: regions,
      redistributorStride: node.property("redistributor-stride")?.number ?? Self.frameSize,
      cpuInterface: rest.first, hypervisorInterface: rest.dropFirst().first,
      virtualCPUInterface: rest.dropFirst(2).first,
      maintenanceINTID: interrupts.resolved.first?.intid ?? description.maintenanceINTID, windows: windows,
      paths: [node.path] + (below + frames).map(\.path))
  }

  /// A GICv3 redistributor is two frames of 64 KiB (IHI 0069, section 12.10); GICv4 adds two more, which only
  /// GICR_TYPER tells.
  private static var frameSize: UInt64 { 0x20000 }

  private mutating func redistributorRegions(_ node: Node, own: [AddressRange]) -> [AddressRange] {
    let count = Int(node.property("#redistributor-regions")?.cell ?? 1)
    guard count > 0, own.count > count else {
      note(node, "reg", "has \(own.count) windows, too few for a distributor and \(count) redistributor regions")
      return Array(own.dropFirst())
    }
    return Array(own[1...count])
  }

  /// ITSs and MSI frames that stand elsewhere in the tree.
  private func framesOutside(of gic: Node) -> [Node] {
    tree.nodes.filter { node in
      node.compatible.contains { $0 == "arm,gic-v3-its" || $0 == "arm,gic-v2m-frame" } && tree.isEnabled(node)
        && !isBelow(node, gic)
    }
  }

  private func isBelow(_ node: Node, _ ancestor: Node) -> Bool {
    var above = node.parent
    while let index = above {
      if index == ancestor.index { return true }
      above = tree.nodes[index].parent
    }
    return false
  }

  // MARK: Timer

  /// The generic timer; its interrupts stand in a fixed order unless `interrupt-names` says otherwise
  /// (kernel binding `arm,arch_timer.yaml`).
  mutating func timer() -> TimerInterrupts? {
    let found = tree.nodes.first { node in
      node.compatible.contains { $0 == "arm,armv8-timer" || $0 == "arm,armv7-timer" } && tree.isEnabled(node)
    }
    guard let node = found else { return nil }
    let interrupts = resolver.interrupts(of: node)
    note(interrupts.faults)
    let names =
      node.property("interrupt-names")?.strings ?? ["sec-phys", "phys", "virt", "hyp-phys", "hyp-virt"]
    func intid(_ name: String) -> UInt32? {
      guard let position = names.firstIndex(of: name), position < interrupts.entries.count,
        case .gic(let interrupt) = interrupts.entries[position].end
      else { return nil }
      return interrupt.intid
    }
    return TimerInterrupts(
      path: node.path, securePhysical: intid("sec-phys"), physical: intid("phys"), virtual: intid("virt"),
      hypervisor: intid("hyp-phys"), frequency: node.property("clock-frequency")?.cell)
  }
}
