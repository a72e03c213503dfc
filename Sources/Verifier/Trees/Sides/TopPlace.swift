import Board
import DeviceTree
import Ownership

/// Where a device whose own bus the domain does not have stands in the domain's tree, and what has to change for that:
/// it is a child of a flat bus with the CPUs' addresses, or of the root if it has none.
struct TopPlace: Sendable {
  /// Its name, before a number that keeps two names apart.
  let name: String
  /// Whether it stands on a flat bus.
  let isOnBus: Bool
  /// `reg`: the CPU addresses and sizes, two cells each; `nil` for none.
  let registers: [UInt8]?
  /// Whether `reg-names` still fits.
  let keepsRegisterNames: Bool
  /// `ranges`, leading to CPU addresses; `nil` for none.
  let ranges: [UInt8]?
  /// `dma-ranges`, with two cells for an address of the flat bus; `nil` for none.
  let dmaRanges: [UInt8]?
  /// What the buses above say of the addresses that it uses for DMA; nothing if it starts none.
  let view: DMAView
  /// `dma-coherent` and `dma-noncoherent` of the buses above.
  let inherited: Set<String>

  /// Works out the place of a node of the board's tree.
  init(_ node: Node, on board: Board) {
    let tree = board.tree
    let entries = tree.registers(of: node).entries
    let mapped = entries.compactMap { entry in entry.address.map { ($0, entry.size) } }
    isOnBus = !mapped.isEmpty || node.has("ranges") && node.name.contains("@")
    name =
      !isOnBus
      ? String(node.baseName)
      : mapped.first.map { "\(node.baseName)@\(String($0.0, radix: 16))" } ?? node.name
    registers = mapped.isEmpty ? nil : mapped.flatMap { CellBytes.number($0.0) + CellBytes.number($0.1) }
    keepsRegisterNames = mapped.count == entries.count
    let windows = BusRows(node, tree)
    ranges = windows.ranges
    dmaRanges = windows.dmaRanges
    let isMaster = tree.subtree(of: node).contains { board.device(at: $0.path)?.isDMAMaster == true }
    if isMaster, case .windows(let list) = tree.dmaView(of: node) {
      view = .windows(list)
    } else if isMaster, tree.dmaView(of: node) == .identity {
      view = .identity
    } else {
      view = .unstated
    }
    let above = tree.chain(from: node).dropFirst()
    let flags = ["dma-coherent", "dma-noncoherent"].filter { flag in above.contains { $0.has(flag) } }
    inherited = board.device(at: node.path)?.isDMAMaster == true ? Set(flags) : []
  }
}
