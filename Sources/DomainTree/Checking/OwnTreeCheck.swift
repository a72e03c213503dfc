import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership
import Partition

/// Compares a device tree that a person wrote for a domain (`device-tree:`) with what the plan gives it.
///
/// What the tree promises and the domain does not have is an error: stage 2 keeps the neighbours safe, but the domain
/// would fault on its own tree. What the domain has and the tree hides is a warning.
public struct OwnTreeCheck {
  private let tree: DeviceTree
  private let domain: DomainPlan
  /// What the domain can reach, by guest address.
  private let visible: AddressSet
  /// The interrupts that can reach the domain.
  private let interrupts: Set<UInt32>

  /// Takes the tree of a domain of the plan.
  public init(_ tree: DeviceTree, of domain: DomainPlan, in plan: Plan) {
    self.tree = tree
    self.domain = domain
    visible = Self.visible(to: domain, plan.channels)
    let timer = plan.board.timer
    let timers = [timer?.securePhysical, timer?.physical, timer?.virtual, timer?.hypervisor].compactMap { $0 }
    let monitors = domain.has(.pmu) ? [plan.board.performanceMonitorINTID].compactMap { $0 } : []
    let devices = domain.devices.flatMap(\.device.interrupts).map(\.intid)
    let emulated = [domain.console?.intid].compactMap { $0 } + domain.virtualDevices.compactMap(\.intid)
    interrupts = Set(timers + monitors + devices + emulated)
  }

  /// Everything that differs, in tree order, hidden things last.
  public func findings() -> [Finding] {
    let enabled = tree.nodes.filter { tree.isEnabled($0) }
    let cpus = enabled.filter { type(of: $0) == "cpu" }
    let memory = enabled.filter { type(of: $0) == "memory" }
    let others = enabled.filter { type(of: $0) != "cpu" && type(of: $0) != "memory" }
    return cpuFindings(cpus) + memoryFindings(memory) + others.flatMap(registerFindings)
      + others.flatMap(interruptFindings) + ramDiskFindings() + hiddenFindings(cpus, memory, others)
  }

  private func type(of node: Node) -> String? { node.property("device_type")?.string }

  private func cpuFindings(_ cpus: [Node]) -> [Finding] {
    cpus.filter { cpu in
      cpu.property("reg")?.number.map { $0 >= UInt64(domain.cpus.count) } ?? true
    }.map { cpu in
      let number = cpu.property("reg")?.number.map(String.init) ?? "of no number"
      return error(
        DomainTreeRules.ownTreeCPU, cpu, "shows CPU \(number)",
        "the domain has \(domain.cpus.count), which it sees as 0 to \(max(0, domain.cpus.count - 1))",
        ResourceReference(.cpu, number))
    }
  }

  private func memoryFindings(_ nodes: [Node]) -> [Finding] {
    let owned = AddressSet((domain.memory + domain.reservedMemory).map(\.guest))
    return nodes.flatMap { node in
      windows(of: node).filter { !owned.contains($0) }.map { window in
        error(
          DomainTreeRules.ownTreeMemory, node, "shows memory at \(window)",
          "the domain's memory is \(owned.runs.map(\.description).joined(separator: ", "))",
          ResourceReference(.memory, window.base.hexadecimal))
      }
    }
  }

  private func registerFindings(_ node: Node) -> [Finding] {
    let unreadable = tree.registers(of: node).faults + tree.pciWindows(of: node).faults
    return (windows(of: node) + pciWindows(of: node)).filter { !visible.contains($0) }.map { window in
      error(
        DomainTreeRules.ownTreeRegisters, node, "has registers at \(window)",
        "nothing of the domain's is there", ResourceReference(.page, window.base.hexadecimal))
    } + unreadable.map { self.unreadable(DomainTreeRules.ownTreeRegisters, node, $0) }
  }

  private func interruptFindings(_ node: Node) -> [Finding] {
    let found = tree.interrupts(of: node)
    return found.resolved.filter { !interrupts.contains($0.intid) }.map { interrupt in
      error(
        DomainTreeRules.ownTreeInterrupt, node, "waits for interrupt \(interrupt.intid)",
        "the domain does not own that one", ResourceReference(.interrupt, String(interrupt.intid)))
    } + found.faults.map { unreadable(DomainTreeRules.ownTreeInterrupt, node, $0) }
  }

  private func unreadable(_ rule: RuleDescription, _ node: Node, _ fault: TreeFault) -> Finding {
    error(
      rule, node, "has \(fault.property), which \(fault.message)",
      "what it promises cannot be compared with what the domain has", ResourceReference(.malformed, fault.property))
  }

  /// What `/chosen` says of the initial RAM disk has to be where it is loaded.
  private func ramDiskFindings() -> [Finding] {
    guard let chosen = tree.node(at: "/chosen"), let start = chosen.property("linux,initrd-start")?.number else {
      return []
    }
    let end = chosen.property("linux,initrd-end")?.number
    let disk = domain.payloads.first { $0.role == .initrd }
    if let disk, start == disk.guest.base, end == disk.guest.base &+ disk.fileSize { return [] }
    let place =
      disk.map { "the domain's is at \($0.guest.base.hexadecimal), \($0.fileSize) bytes" } ?? "the domain has none"
    return [
      error(
        DomainTreeRules.ownTreeMemory, chosen,
        "shows an initial RAM disk at \(start.hexadecimal), up to \(end?.hexadecimal ?? "nowhere")", place,
        ResourceReference(.memory, start.hexadecimal))
    ]
  }

  private func hiddenFindings(_ cpus: [Node], _ memory: [Node], _ others: [Node]) -> [Finding] {
    var hidden: [String] = []
    let numbers = Set(cpus.compactMap { $0.property("reg")?.number })
    hidden += (0..<domain.cpus.count).filter { !numbers.contains(UInt64($0)) }.map { "CPU \($0)" }
    let shown = AddressSet((memory + others).flatMap(windows))
    hidden += domain.memory.map(\.guest).filter { !shown.overlaps($0) }.map { "memory at \($0)" }
    hidden += domain.devices.filter { assignment in
      !assignment.device.registers.isEmpty && !assignment.device.registers.contains { shown.overlaps($0) }
    }.map(\.device.path)
    if let controller = domain.interruptController, !shown.overlaps(controller.distributor) {
      hidden.append("interrupt controller at \(controller.distributor)")
    }
    if domain.payloads.contains(where: { $0.role == .initrd }),
      tree.node(at: "/chosen")?.has("linux,initrd-start") != true
    {
      hidden.append("initial RAM disk")
    }
    return hidden.map { what in
      Finding(
        DomainTreeRules.ownTreeHides, .warning,
        "the device tree of domain \(domain.name) does not show \(what), which the domain has",
        subjects: ["domains.\(domain.name)"], resource: ResourceReference(.dependency, what),
        domains: [domain.name], spans: [span], help: "add it to the tree, or take it from the domain")
    }
  }

  private static func visible(to domain: DomainPlan, _ channels: [ChannelPlan]) -> AddressSet {
    let channels = channels.filter { channel in
      ([channel.declaration.writer] + channel.declaration.readers).contains { $0.value == domain.name }
    }
    let view = domain.interruptController?.windows ?? []
    let console = domain.console.flatMap { AddressRange(base: $0.base, size: Granule.page) }.map { [$0] } ?? []
    return AddressSet(
      (domain.memory + domain.reservedMemory).map(\.guest) + domain.devices.flatMap(\.pages)
        + channels.map(\.memory) + view + console + domain.virtualDevices.compactMap(\.registers))
  }

  private func windows(of node: Node) -> [AddressRange] {
    tree.registers(of: node).entries.compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: max(1, entry.size)) }
    }
  }

  private func pciWindows(of node: Node) -> [AddressRange] {
    tree.pciWindows(of: node).entries.compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: max(1, entry.size)) }
    }
  }

  private var span: SourceSpan? { domain.declaration.deviceTree?.span ?? domain.declaration.span }

  private func error(
    _ rule: RuleDescription, _ node: Node, _ what: String, _ why: String, _ resource: ResourceReference
  ) -> Finding {
    Finding(
      rule, .error, "\(node.path) in the device tree of domain \(domain.name) \(what), and \(why)",
      subjects: ["domains.\(domain.name)", node.path], resource: resource, domains: [domain.name], spans: [span],
      help:
        "take the node out of the tree, or give the domain what it promises; without device-tree: a tree is generated")
  }
}
