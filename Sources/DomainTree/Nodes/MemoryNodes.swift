import Board
import DeviceTree
import Ownership
import Partition

/// Memory nodes, and `/reserved-memory` for what the manifest grants.
enum MemoryNodes {
  /// A memory node for each region in the plan's order, then the reserved memory.
  static func nodes(_ domain: DomainPlan, _ board: Board) -> [TreeNode] {
    let reserved = domain.reservedMemory.map { region in (region: region, source: source(of: region, board)) }
    // Linux makes memory pools only of memory that it knows as RAM.
    let pools = reserved.filter { $0.source?.has("no-map") != true }.map(\.region)
    return (domain.memory + pools).map(node) + (reserved.isEmpty ? [] : [reservedMemory(reserved)])
  }

  private static func node(_ region: MemoryRegion) -> TreeNode {
    var node = TreeNode("memory@\(String(region.guest.base, radix: 16))")
    node.set("device_type", "memory")
    node.set("reg", numbers: [region.guest.base, region.guest.size])
    return node
  }

  private static func source(of region: MemoryRegion, _ board: Board) -> Node? {
    let reservation = board.reservedMemory.first { $0.range?.overlaps(region.physical) == true }
    return reservation.flatMap { board.tree.node(at: $0.path) }
  }

  /// One node for each of the board's, with every granted region of it.
  private static func reservedMemory(_ regions: [(region: MemoryRegion, source: Node?)]) -> TreeNode {
    var parent = TreeNode("reserved-memory")
    parent.set("#address-cells", cells: [2])
    parent.set("#size-cells", cells: [2])
    parent.set(flag: "ranges")
    var sources: [Int?] = []
    for (region, source) in regions where source == nil || !sources.contains(source?.index) {
      sources.append(source?.index)
      let parts = source == nil ? [region] : regions.filter { $0.source?.index == source?.index }.map(\.region)
      var node = TreeNode("\(source?.baseName ?? "memory")@\(String(region.guest.base, radix: 16))")
      for property in source?.properties ?? [] where property.name != "status" { node.set(property) }
      node.set("reg", numbers: parts.flatMap { [$0.guest.base, $0.guest.size] })
      parent.children.append(node)
    }
    return parent
  }
}
