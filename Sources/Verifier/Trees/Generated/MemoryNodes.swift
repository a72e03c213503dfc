import Board
import DeviceTree
import Ownership

/// Memory nodes and granted reserved memory, held against what stage 2 maps as RAM.
struct MemoryNodes {
  private let match: TreeMatch
  private let map: GuestMap
  private(set) var faults: [TreeFault] = []
  /// How many ranges were looked at.
  private(set) var examined = 0

  /// Looks at every memory node of a tree.
  init(_ match: TreeMatch, _ map: GuestMap, _ record: DomainReading) {
    self.match = match
    self.map = map
    var shown: [AddressRange] = []
    var asMemory: [AddressRange] = []
    for node in match.tree.nodes {
      switch match.origins[node.index] {
      case .memory: asMemory += memory(node)
      case .grantedMemory: shown += granted(node)
      default: break
      }
    }
    compareRegions(asMemory, record)
    shown += asMemory
    if let group = match.tree.node(at: "/reserved-memory") {
      faults += FrameNodes.addressGroup.faults(of: group)
      if group.children.isEmpty { fault("/reserved-memory", "", "groups nothing") }
    }
    compare(AddressSet(shown), map.addresses(.memory))
  }

  private mutating func fault(_ path: String, _ property: String, _ words: String) {
    faults.append(TreeFault(path: path, property: property, message: words))
  }

  private mutating func memory(_ node: Node) -> [AddressRange] {
    let ranges = ranges(node)
    guard ranges.count == 1, let range = ranges.first else {
      fault(node.path, "reg", "is not one range")
      return []
    }
    if node.name != "memory@\(String(range.base, radix: 16))" {
      fault(node.path, "reg", "starts at \(range.base.hexadecimal), which is not the node's name")
    }
    faults += NodeForm { form in
      form.set("device_type", "memory")
      form.set("reg", numbers: [range.base, range.size])
    }.faults(of: node)
    return ranges
  }

  /// A node of the board's, all of whose memory the domain sees where it is.
  private mutating func granted(_ node: Node) -> [AddressRange] {
    guard let source = match.source(of: node) else { return [] }
    let board = match.board.board.reservedMemory.filter { $0.path == source.node.path }.compactMap(\.range)
    faults += NodeForm { form in
      for property in source.node.properties where property.name != "status" { form.set(property) }
      form.set("reg", numbers: board.flatMap { [$0.base, $0.size] })
    }.faults(of: node)
    for range in board where map.physical(range, kind: .memory) != range {
      fault(node.path, "reg", "promises \(range), which stage 2 does not map to the same physical memory")
    }
    return ranges(node)
  }

  private mutating func ranges(_ node: Node) -> [AddressRange] {
    let registers = match.tree.registers(of: node)
    faults += registers.faults
    examined += registers.entries.count
    return registers.entries.compactMap { entry in
      entry.address.flatMap { AddressRange(base: $0, size: entry.size) }
    }
  }

  /// One memory node for each region of the record, and one for each granted range that a kernel may use as memory:
  /// Linux makes pools only of memory that it knows, and `no-map` says that it must not.
  private mutating func compareRegions(_ shown: [AddressRange], _ record: DomainReading) {
    let board = match.board
    let pools = match.domain.granted.filter { !board.tree.nodes[$0].has("no-map") }.map { board.tree.nodes[$0].path }
    let granted = board.board.reservedMemory.filter { pools.contains($0.path) }.compactMap(\.range)
    let expected = (record.regions + granted).sorted()
    if shown.sorted() != expected {
      let list = expected.map(\.description).joined(separator: ", ")
      fault("/memory", "reg", "does not show the domain's regions one by one: \(list)")
    }
  }

  /// Every address that the tree shows as memory has to be mapped as such, and the other way round; a part of a page
  /// that reserved memory leaves over belongs to it.
  private mutating func compare(_ shown: AddressSet, _ mapped: AddressSet) {
    for run in shown.subtracting(mapped).runs {
      fault("/memory", "reg", "shows memory at \(run), where stage 2 maps none")
    }
    for run in mapped.subtracting(AddressSet(shown.runs.map(\.pages))).runs {
      fault("/memory", "reg", "does not show the memory at \(run), which stage 2 maps")
    }
  }
}
