import DeviceTree
import Ownership

/// What the enabled nodes of an author's tree promise, held against what the domain has.
struct AuthoredPromises {
  private(set) var faults: [TreeFault] = []
  /// How many promises were looked at.
  private(set) var examined = 0

  private let tree: DeviceTree
  private let record: DomainReading
  private let memory: AddressSet
  private let visible: AddressSet
  private let interrupts: Set<UInt32>

  /// Looks at every enabled node.
  init(_ tree: TreeCase, partition: PartitionReading) {
    self.tree = tree.tree
    record = tree.record
    let map = tree.map
    memory = map.addresses(.memory)
    visible = AddressSet(map.runs.map(\.run.input) + Self.virtualHardware(tree.record, partition))
    interrupts = Set(
      tree.record.interrupts + [tree.record.consoleINTID, tree.record.pmuINTID].filter { $0 != 0 }
        + tree.record.virtualDevices.compactMap(\.intid)
        + [29, partition.physicalTimerINTID, partition.virtualTimerINTID, partition.hypervisorTimerINTID])
    var resolver = InterruptResolver(tree.tree)
    for node in tree.tree.nodes where tree.tree.isEnabled(node) { look(node, &resolver) }
    lookForDisk(tree)
  }

  /// What stage 2 leaves to the hypervisor to answer: the GIC's frames (Arm IHI 0069, 12.8 and 12.10; Arm IHI 0048,
  /// 4.1.2) and the console's page.
  private static func virtualHardware(_ record: DomainReading, _ partition: PartitionReading) -> [AddressRange] {
    let isVersion3 = partition.gicVersion == 3
    let distributor = AddressRange(base: record.distributor, size: isVersion3 ? 64 << 10 : 4 << 10)
    let redistributors = AddressRange(
      base: record.redistributor, size: isVersion3 ? UInt64(record.cpus.count) * (128 << 10) : 0)
    let console = record.consoleBase == 0 ? nil : AddressRange(base: record.consoleBase, size: Granule.page)
    return [distributor, redistributors, console].compactMap { $0 } + record.virtualDevices.compactMap(\.registers)
  }

  private mutating func fault(_ node: Node, _ property: String, _ words: String) {
    faults.append(TreeFault(path: node.path, property: property, message: words))
  }

  private mutating func look(_ node: Node, _ resolver: inout InterruptResolver) {
    switch node.property("device_type")?.string {
    case "cpu":
      examined += 1
      if node.property("reg")?.number.map({ $0 >= UInt64(record.cpus.count) }) ?? true {
        fault(node, "reg", "shows a CPU that is none of the domain's \(record.cpus.count)")
      }
    case "memory":
      for range in ranges(node) where !memory.contains(range) {
        fault(node, "reg", "shows memory at \(range), where stage 2 maps none")
      }
    default:
      for range in ranges(node) where !visible.contains(range) {
        fault(node, "reg", "has registers at \(range), where the domain has nothing")
      }
      let found = resolver.interrupts(of: node)
      faults += found.faults
      examined += found.resolved.count
      for interrupt in found.resolved where !interrupts.contains(interrupt.intid) {
        fault(node, "interrupts", "waits for interrupt \(interrupt.intid), which the domain does not own")
      }
    }
  }

  private mutating func ranges(_ node: Node) -> [AddressRange] {
    let registers = tree.registers(of: node)
    let windows = tree.pciWindows(of: node)
    faults += registers.faults + windows.faults
    let ranges = (registers.entries + windows.entries).compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: max(1, entry.size)) }
    }
    examined += ranges.count
    return ranges
  }

  private mutating func lookForDisk(_ tree: TreeCase) {
    guard let chosen = tree.tree.node(at: "/chosen"), let start = chosen.property("linux,initrd-start")?.number else {
      return
    }
    examined += 1
    let disk = tree.payloads.first { $0.role == "initrd" }
    let guest = disk?.guest?.base
    if start != guest || chosen.property("linux,initrd-end")?.number != disk.map({ start &+ $0.size }) {
      fault(chosen, "linux,initrd-start", "shows an initial RAM disk where the load map puts none")
    }
  }
}
