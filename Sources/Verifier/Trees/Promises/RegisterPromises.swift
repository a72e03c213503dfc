import Board
import DeviceTree
import Ownership

/// The registers that a tree's devices promise, held against stage 2 both ways.
struct RegisterPromises {
  private(set) var faults: [TreeFault] = []
  /// How many ranges were looked at.
  private(set) var examined = 0

  /// Follows the registers of every device; `controller` is the board's GIC where domains have its virtual CPU
  /// interface.
  init(_ match: TreeMatch, _ map: GuestMap, controller: InterruptController?) {
    var promised: [AddressRange] = []
    for node in match.tree.nodes {
      guard match.origins[node.index] == .device || match.origins[node.index] == .firmware,
        let source = match.source(of: node)
      else { continue }
      let ranges = promises(node, match.tree, like: source.node, match.board.tree)
      let board = ranges.isEmpty && !source.node.has("reg") ? [] : Self.ranges(source.node, match.board.tree)
      examined += ranges.count
      promised += ranges.map(\.pages)
      compare(node, ranges, match.origins[node.index] == .firmware && ranges.isEmpty ? [] : board, map)
    }
    if let controller { promised += interface(controller, map) }
    for run in map.addresses(.registers).subtracting(AddressSet(promised)).runs {
      let words = "promises no registers at \(run), which stage 2 maps"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
    for entry in map.runs where entry.kind == .other {
      let words = "says nothing of \(entry.run.input), which stage 2 maps as neither memory, registers nor a channel"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
  }

  /// What cannot be followed to the CPUs' map is a fault unless it cannot be on the board either.
  private mutating func promises(
    _ node: Node, _ tree: DeviceTree, like source: Node, _ board: DeviceTree
  ) -> [AddressRange] {
    guard node.has("reg") || node.has("ranges") else { return [] }
    let found = tree.registers(of: node).faults
    if !found.isEmpty, board.registers(of: source).faults.count < found.count { faults += found }
    return Self.ranges(node, tree)
  }

  /// The registers of a node on the CPUs' map, then the windows of a PCI host.
  private static func ranges(_ node: Node, _ tree: DeviceTree) -> [AddressRange] {
    let windows = tree.isPCIHost(node) ? tree.pciWindows(of: node).entries : []
    return (tree.registers(of: node).entries + windows).compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: entry.size) }
    }
  }

  /// Both nodes list the same ranges in the same order, and each page of them is mapped to where the board has it.
  private mutating func compare(_ node: Node, _ ranges: [AddressRange], _ board: [AddressRange], _ map: GuestMap) {
    guard ranges.count == board.count else {
      let words = "promises \(ranges.count) ranges of registers, and the board's node has \(board.count)"
      return faults.append(TreeFault(path: node.path, property: "reg", message: words))
    }
    for (range, original) in zip(ranges, board) {
      let physical = map.physical(range.pages, kind: .registers)
      if physical != original.pages || range.size != original.size || range.base % 4096 != original.base % 4096 {
        let there = physical.map { "leads to \($0)" } ?? "is not mapped as registers"
        let words = "promises \(range), which \(there); the board has \(original)"
        faults.append(TreeFault(path: node.path, property: "reg", message: words))
      }
    }
  }

  /// The virtual CPU interface stands where the board has the physical one (Arm IHI 0048, 5.5: the same layout).
  private mutating func interface(_ controller: InterruptController, _ map: GuestMap) -> [AddressRange] {
    guard let shown = controller.cpuInterfacePages, let virtual = controller.virtualCPUInterfacePages else { return [] }
    if map.physical(shown, kind: .registers) != virtual {
      let words = "promises a CPU interface at \(shown), which stage 2 does not lead to the virtual one at \(virtual)"
      faults.append(TreeFault(path: controller.path, property: "reg", message: words))
    }
    return [shown]
  }
}
