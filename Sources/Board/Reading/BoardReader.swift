import DeviceTree
import Ownership

/// Reads a board's parts from its tree, and gathers what is malformed on the way.
struct BoardReader {
  let tree: DeviceTree
  var resolver: InterruptResolver
  private(set) var faults: [TreeFault]
  private var seen: Set<TreeFault>

  init(_ tree: DeviceTree) {
    self.tree = tree
    resolver = InterruptResolver(tree)
    faults = tree.faults
    seen = Set(tree.faults)
  }

  /// Keeps faults, each once.
  mutating func note(_ found: [TreeFault]) {
    for fault in found where seen.insert(fault).inserted { faults.append(fault) }
  }

  mutating func note(_ node: Node, _ property: String, _ message: String) {
    note([TreeFault(path: node.path, property: property, message: message)])
  }

  /// A node's `reg` on the CPUs' address map, without entries of size 0.
  mutating func ranges(of node: Node, noting: Bool = true) -> [AddressRange] {
    let registers = tree.registers(of: node)
    if noting { note(registers.faults) }
    return registers.entries.compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: entry.size) }
    }
  }

  // MARK: CPUs

  mutating func cpus() -> [BoardCPU] {
    guard let container = tree.node(at: "/cpus") else { return [] }
    var cpus: [BoardCPU] = []
    var pathByAffinity: [UInt64: String] = [:]
    for node in tree.children(of: container) where node.property("device_type")?.string == "cpu" {
      let registers = tree.registers(of: node)
      note(registers.faults)
      let affinity = registers.entries.first.flatMap { UInt64(exactly: $0.busAddress) }
      if affinity == nil { note(node, "reg", "does not give the CPU's affinity (MPIDR_EL1)") }
      if let affinity {
        if let twin = pathByAffinity[affinity] {
          note(node, "reg", "gives the affinity \(affinity.hexadecimal), which \(twin) has as well")
        }
        pathByAffinity[affinity] = pathByAffinity[affinity] ?? node.path
      }
      cpus.append(
        BoardCPU(
          index: cpus.count, path: node.path, affinity: affinity ?? 0, compatible: node.compatible,
          isEnabled: tree.isEnabled(node) && affinity != nil, enableMethod: node.property("enable-method")?.string,
          releaseAddress: releaseAddress(of: node)))
    }
    return cpus
  }

  /// Where a CPU of a spin table waits: two cells, at a multiple of 8 (devicetree specification v0.4, 3.8.1; Linux,
  /// Documentation/arch/arm64/booting.rst).
  private mutating func releaseAddress(of node: Node) -> UInt64? {
    guard node.property("enable-method")?.string == "spin-table" else { return nil }
    guard let property = node.property("cpu-release-addr") else {
      note(node, "cpu-release-addr", "is missing, so that nothing can start a CPU with enable-method spin-table")
      return nil
    }
    guard property.value.count == 8, let address = property.number, address != 0, address % 8 == 0 else {
      note(node, "cpu-release-addr", "is not the address of a 64-bit word: two cells, not 0, a multiple of 8")
      return nil
    }
    return address
  }

  // MARK: Memory

  mutating func memory() -> [MemoryBank] {
    var banks: [MemoryBank] = []
    for node in tree.children(of: tree.root) where node.property("device_type")?.string == "memory" {
      guard node.isStatusOkay else { continue }
      for range in ranges(of: node) { banks.append(MemoryBank(range: range, path: node.path)) }
    }
    return banks.sorted { ($0.range, $0.path) < ($1.range, $1.path) }
  }

  /// What the tree sets aside, and the pages where CPUs wait in spin tables: firmware's code runs there until a CPU is
  /// started, and for ever on a CPU that is not.
  mutating func reservedMemory(_ cpus: [BoardCPU]) -> [ReservedMemory] {
    var reserved = reservedMemory()
    for cpu in cpus {
      guard let address = cpu.releaseAddress, let page = AddressRange(base: address & ~0xFFF, size: 0x1000),
        !reserved.contains(where: { $0.range?.contains(page) == true })
      else { continue }
      reserved.append(ReservedMemory(range: page, path: cpu.path, isNoMap: true, isReusable: false))
    }
    return reserved
  }

  private mutating func reservedMemory() -> [ReservedMemory] {
    var reserved = tree.memoryReservations.enumerated().compactMap { index, entry in
      AddressRange(base: entry.address, size: entry.size).map {
        ReservedMemory(range: $0, path: "/memreserve/\(index)", isNoMap: false, isReusable: false)
      }
    }
    guard let container = tree.node(at: "/reserved-memory") else { return reserved }
    for node in tree.children(of: container) where tree.isEnabled(node) {
      let found = ranges(of: node)
      let isDynamic = found.isEmpty && !node.has("reg") && node.has("size")
      for range in found.map(Optional.some) + (isDynamic ? [nil] : []) {
        reserved.append(
          ReservedMemory(
            range: range, path: node.path, isNoMap: node.has("no-map"), isReusable: node.has("reusable")))
      }
    }
    return reserved
  }

  // MARK: Firmware and console

  func firmware(_ cpus: [BoardCPU]) -> FirmwareInterface {
    let psci = tree.nodes.first { node in
      node.compatible.contains { $0 == "arm,psci" || $0.hasPrefix("arm,psci-") } && tree.isEnabled(node)
    }
    switch psci?.property("method")?.string {
    case "smc": return .psciSMC(path: psci?.path ?? "/psci")
    case "hvc": return .psciHVC(path: psci?.path ?? "/psci")
    default: return cpus.contains { $0.enableMethod == "spin-table" } ? .spinTable : .none
    }
  }

  /// The node of `/chosen/stdout-path`, which may be a path or an alias, with options behind a colon.
  func standardOutput() -> String? {
    guard let chosen = tree.node(at: "/chosen"),
      let text = (chosen.property("stdout-path") ?? chosen.property("linux,stdout-path"))?.string
    else { return nil }
    return tree.resolve(String(text.prefix { $0 != ":" }))?.path
  }
}
